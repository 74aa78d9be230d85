import { requirement as requirementSchema } from '@registrar/eligibility';
import type { Requirement } from '@registrar/eligibility';
import { ClauseReader } from './clause-reader.ts';
import { withConcurrentMentions } from './concurrent-mentions.rules.ts';
import { groupOf } from './nodes.ts';
import type { CourseNode, Node, UnheldNode } from './nodes.ts';
import type { CodeStyle } from './pattern-reader.ts';
import { phrasesOf } from './phrases.rules.ts';
import type { Piece } from './phrases.rules.ts';
import { UnreadableText } from './reading.ts';
import type { Reading } from './reading.ts';
import { requirementOf } from './requirement-of.rules.ts';
import type { Timing } from './tokens.ts';
import type { Unheld } from './unheld.rules.ts';

/** A part of a text that no requirement holds. */
export interface UnheldPart {
  readonly about: Unheld;
  readonly text: string;
}

/** How a text is read. */
export interface ParseOptions {
  /** What stands between department and number where codes are kept; as in the text if left out. */
  readonly separator?: string | undefined;
  /**
   * Whether something else than a requirement holds a part that is asked for with all others: a restriction, or
   * consent. It is given the alternatives of that part. Nothing does if left out.
   */
  readonly holdElsewhere?: ((alternatives: readonly UnheldPart[]) => boolean) | undefined;
}

/** Longer ones are no text of a catalogue. */
const maxLength = 4_000;

/**
 * Reads a catalogue's English for what comes before a course, as far as a requirement can hold it.
 *
 * Our own: no library reads this. Grammars of catalogues are written by each project for one university, and their
 * readers drop what they do not understand; this one reads all of a text or says which part it cannot, and where a
 * text has several readings it takes none, but for those that its notes name. Semicolons join weakest, then commas,
 * then "and", then "or", then numbers after a course of their department; parentheses, "either" and "both" join first.
 */
export function parseRequirement(catalogueText: string, options: ParseOptions = {}): Reading {
  const text = oneLine(catalogueText);
  try {
    if (text.trim() === '') throw new UnreadableText('There is no text.', { at: 0, end: 0 });
    if (text.length > maxLength) {
      throw new UnreadableText(`A text has at most ${maxLength} characters.`, {
        at: maxLength,
        end: maxLength + 20,
      });
    }
    return readText(text, options);
  } catch (error) {
    if (!(error instanceof UnreadableText)) throw error;
    return { isRead: false, reason: error.message, part: text.slice(error.span.at, error.span.end).trim() };
  }
}

/** With plain spaces, dashes and quotes, each character in its place. */
function oneLine(text: string): string {
  return text
    .replaceAll(/[\s\u200B-\u200D\u2060\uFEFF]/g, ' ')
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .replaceAll(/[\u2018\u2019]/g, "'")
    .replaceAll(/[\u201C\u201D]/g, '"');
}

function readText(text: string, { separator, holdElsewhere }: ParseOptions): Reading {
  const { pieces, notes, none } = phrasesOf(text);
  const noted = new Set(notes);
  const style = styleOf(pieces, separator);
  const note = (words: string): void => void noted.add(`${words}.`);
  const sentences = sentencesOf(pieces, note).map(({ pieces: own, isConcurrent }) => ({
    pieces: own,
    node: new ClauseReader(own, isConcurrent, style, note).readAll(),
  }));
  if (sentences.length > 0) {
    if (none) throw new UnreadableText('Nothing is asked for, and something is.', none);
    const nodes = withConcurrentMentions(sentences);
    const own = holdElsewhere ? withoutElsewhere(nodes, text, holdElsewhere) : nodes;
    const requirement = own.length === 0 ? null : wholeOf(own, text, style, note);
    return { isRead: true, requirement, notes: [...noted] };
  }
  if (!none && noted.size === 0) {
    throw new UnreadableText('Nothing is said here.', { at: 0, end: text.length });
  }
  return { isRead: true, requirement: null, notes: [...noted] };
}

function styleOf(pieces: readonly Piece[], separator: string | undefined): CodeStyle {
  const first = pieces.find((piece) => piece.kind === 'code');
  return {
    codeOf: (course: CourseNode) => `${course.department}${separator ?? course.separator}${course.number}`,
    separator: separator ?? first?.separator,
  };
}

/** The parts that are left to the requirement. */
function withoutElsewhere(
  nodes: readonly Node[],
  text: string,
  holdElsewhere: NonNullable<ParseOptions['holdElsewhere']>,
): Node[] {
  return nodes
    .flatMap((node) => partsOf(node, 'and'))
    .filter((part) => {
      const alternatives = partsOf(part, 'or');
      const unheld = alternatives.filter((each): each is UnheldNode => each.kind === 'unheld');
      return (
        unheld.length < alternatives.length ||
        !holdElsewhere(unheld.map(({ about, at, end }) => ({ about, text: text.slice(at, end).trim() })))
      );
    });
}

/** The parts of groups of one word in each other. */
function partsOf(node: Node, word: 'and' | 'or'): Node[] {
  return node.kind === 'group' && node.word === word
    ? node.children.flatMap((child) => partsOf(child, word))
    : [node];
}

function wholeOf(
  nodes: readonly Node[],
  text: string,
  { codeOf }: CodeStyle,
  note: (words: string) => void,
): Requirement {
  const whole = requirementOf(groupOf('and', nodes), codeOf, ({ at, end }) =>
    note(`Left out, a permit lets such a student in: "${text.slice(at, end)}"`),
  );
  const { success, error } = requirementSchema.safeParse(whole);
  if (success) return whole;
  const [issue] = error.issues;
  throw new UnreadableText(
    `No requirement can hold this: ${[issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')}`,
    { at: 0, end: text.length },
  );
}

interface Sentence {
  readonly pieces: readonly Piece[];
  readonly isConcurrent: boolean;
}

/** Sentences, each with the timing of its label; all of them are asked for. */
function sentencesOf(pieces: readonly Piece[], note: (words: string) => void): Sentence[] {
  const sentences: { pieces: Piece[]; timing: Timing }[] = [{ pieces: [], timing: 'before' }];
  for (const piece of pieces) {
    const timing = sentences.at(-1)?.timing ?? 'before';
    if (piece.kind === 'label') sentences.push({ pieces: [], timing: piece.timing });
    else if (piece.kind === 'period') sentences.push({ pieces: [], timing });
    else sentences.at(-1)?.pieces.push(piece);
  }
  const filled = sentences.filter((sentence) => sentence.pieces.length > 0);
  if (filled.some(({ timing }) => timing === 'open')) {
    note('The heading names prerequisites and corequisites and does not say which: read as prerequisites');
  }
  return filled.map(({ pieces: own, timing }) => ({ pieces: own, isConcurrent: timing === 'concurrent' }));
}

import { UnreadableText } from './reading.ts';
import type { Span } from './reading.ts';
import { tokensOf } from './tokens.rules.ts';
import type { Token } from './tokens.ts';

/** What joins two parts: a comma, a semicolon or neither, and "and", "or" or no word. */
export interface Joint extends Span {
  readonly kind: 'joint';
  readonly mark: '' | ',' | ';';
  readonly word: '' | 'and' | 'or';
}

/** Kinds of tokens that are joined or left out. */
type NotPiece = 'and' | 'or' | 'comma' | 'semicolon' | 'aside' | 'remark' | 'none' | 'footnote';

/** A token that says something of its own. */
export type Piece =
  | Joint
  /** `hasAlternative`: "or equivalent", "or permission of instructor" or the like was left out after it. */
  | (Exclude<Token, { kind: NotPiece }> & {
      readonly hasAlternative?: true;
    });

/** The pieces of a text, and notes of what is not among them. */
export interface Phrases {
  readonly pieces: readonly Piece[];
  readonly notes: readonly string[];
  /** Where it is said that nothing is asked for; undefined where it is not. */
  readonly none: Span | undefined;
}

/**
 * The pieces of a text without what asks for nothing: advice, and alternatives that people decide.
 *
 * @throws UnreadableText where marks do not make sense
 */
export function phrasesOf(text: string): Phrases {
  const tokens = tokensOf(text);
  const notes: string[] = [];
  const note = (words: string, from: Span, to: Span = from): void => {
    notes.push(`${words}: "${text.slice(from.at, to.end).replace(/^[\s,;.(]+|[\s,;.)]+$/g, '')}".`);
  };
  const joined = jointsOf(withoutAsides(markConcurrent(tokens), (span) => note('Asks for nothing', span)));
  const pieces = withoutAlternatives(joined, (from, to) =>
    note('Left out, a permit lets such a student in', from, to),
  );
  return { pieces, notes, none: tokens.find(({ kind }) => kind === 'none') };
}

/** A course with `*` may be taken concurrently where a footnote says so of `*`. */
function markConcurrent(tokens: readonly Token[]): Token[] {
  if (!tokens.some(({ kind }) => kind === 'footnote')) return [...tokens];
  return tokens
    .filter(({ kind }) => kind !== 'footnote')
    .map((token) =>
      token.kind === 'star' ? { ...token, kind: 'concurrent after', isOfEach: false, isInner: true } : token,
    );
}

function withoutAsides(tokens: readonly Token[], note: (span: Span) => void): Token[] {
  const kept: Token[] = [];
  for (const token of tokens) {
    const isAside = token.kind === 'aside';
    if (isAside || token.kind === 'remark') note(token);
    else if (token.kind !== 'none') kept.push(token);
    if (!isAside) continue;
    // ", and MATH 2010 is recommended" goes with what joins it.
    const before = kept.findLastIndex(({ kind }) => kind !== 'and' && kind !== 'comma');
    kept.splice(before + 1);
  }
  return kept;
}

const marks = { comma: ',', semicolon: ';' } as const;

type LeftOut = Extract<Token, { kind: 'aside' | 'remark' | 'none' | 'footnote' }>;

function isLeftOut(token: Token): token is LeftOut {
  return ['aside', 'remark', 'none', 'footnote'].includes(token.kind);
}

/** Words and marks that stand together as one joint; none where there is nothing to join. */
function jointsOf(tokens: readonly Token[]): Piece[] {
  const pieces: Piece[] = [];
  for (const token of tokens) {
    const last = pieces.at(-1);
    if (token.kind === 'and' || token.kind === 'or') {
      if (last?.kind !== 'joint') pieces.push({ ...token, kind: 'joint', mark: '', word: token.kind });
      else pieces.splice(-1, 1, { ...last, end: token.end, word: wordOf(last, token.kind, token) });
    } else if (token.kind === 'comma' || token.kind === 'semicolon') {
      const mark = marks[token.kind];
      if (last?.kind !== 'joint') pieces.push({ ...token, kind: 'joint', mark, word: '' });
      else pieces.splice(-1, 1, { ...last, end: token.end, mark: last.mark === ';' ? ';' : mark });
    } else if (!isLeftOut(token)) {
      pieces.push(token);
    }
  }
  return pieces.filter((piece, at) => piece.kind !== 'joint' || !isDangling(piece, pieces, at));
}

function wordOf(last: Joint, word: 'and' | 'or', span: Span): 'and' | 'or' {
  if (last.word === '' || last.word === word) return word;
  throw new UnreadableText('"and" and "or" stand side by side.', { at: last.at, end: span.end });
}

/** A mark at an end, such as the one before an aside that was cut. */
function isDangling(joint: Joint, pieces: readonly Piece[], at: number): boolean {
  const [before, after] = [pieces[at - 1]?.kind, pieces[at + 1]?.kind];
  const isAtStart = before === undefined || before === 'label' || before === 'period';
  const isAtEnd = after === undefined || after === 'label' || after === 'period';
  // ", each with a grade of C"
  const isBeforeSuffix = after === 'grade after' || after === 'concurrent after';
  return joint.word === ''
    ? isAtStart || isAtEnd || after === 'close' || isBeforeSuffix
    : isAtStart && isAtEnd;
}

/** Without "or equivalent", "(or equivalent)", ", or permission of instructor" after what they are alternatives of. */
function withoutAlternatives(pieces: readonly Piece[], note: (from: Span, to: Span) => void): Piece[] {
  const kept: Piece[] = [];
  for (let at = 0; at < pieces.length; at += 1) {
    const last = kept.at(-1);
    const found = alternativeAt(pieces, at);
    if (found && last && last.kind !== 'joint' && last.kind !== 'open' && last.kind !== 'label') {
      note(found.joint, found.unheld);
      if (found.isOfList) kept.splice(-1, 1, { ...last, hasAlternative: true });
      at += found.length - 1;
    } else {
      const piece = pieces[at];
      if (piece) kept.push(piece);
    }
  }
  return kept;
}

interface Alternative {
  readonly joint: Span;
  readonly unheld: Span;
  /** How many pieces it has. */
  readonly length: number;
  /** Without a semicolon or parentheses: it may be the "or" of the list before it. */
  readonly isOfList: boolean;
}

function alternativeAt(pieces: readonly Piece[], at: number): Alternative | undefined {
  const isInner = pieces[at]?.kind === 'open';
  const [joint, unheld, after] = pieces.slice(isInner ? at + 1 : at);
  if (joint?.kind !== 'joint' || joint.word !== 'or' || unheld?.kind !== 'unheld') return undefined;
  if (isInner ? after?.kind !== 'close' : !isEnd(after)) return undefined;
  return { joint, unheld, length: isInner ? 4 : 2, isOfList: !isInner && joint.mark !== ';' };
}

function isEnd(piece: Piece | undefined): boolean {
  return piece === undefined || ['joint', 'close', 'period', 'label', 'open'].includes(piece.kind);
}

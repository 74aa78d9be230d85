import { groupOf } from './nodes.ts';
import type { Node } from './nodes.ts';
import type { Joint } from './phrases.rules.ts';
import { UnreadableText } from './reading.ts';
import type { Span } from './reading.ts';

/** A part of a list, and what joins it to the one before; undefined for the first. */
export interface Part {
  readonly node: Node;
  readonly joint: Joint | undefined;
  /** "or equivalent" or the like was left out after it. */
  readonly hasAlternative: boolean;
}

/** What stands between two commas. */
interface Element extends Span {
  readonly node: Node;
  /** The word that joins it to the one before, after the comma. */
  readonly word: Joint['word'];
  /** The words within it, those between a course and numbers after it ("CAT 2 and 3") first. */
  readonly words: readonly Joint['word'][];
  /** Without those: they bind. */
  readonly looseWords: readonly Joint['word'][];
  readonly hasAlternative: boolean;
}

/** Notes of which reading was taken. */
export type Note = (words: string) => void;

const orFirst = '"or" is read before "and" where there are no parentheses';
const commaIsAnd = 'Commas without a word are read as "and"';

/**
 * Joins the parts of a list, in the one reading of its marks and words. Weakest first: semicolons, commas, "and",
 * "or", and numbers after a course of their department ("CAT 2 and 3 or DOC 2 and 3").
 *
 * @throws UnreadableText where there is more than one reading
 */
export function joinedParts(parts: readonly Part[], note: Note): Node {
  const clauses = split(parts, ';');
  const words = clauses.slice(1).map(([first]) => first?.joint?.word ?? '');
  const nodes = clauses.map((clause) => joinedByCommas(clause, note));
  if (words.includes('or') && words.some((word) => word !== 'or')) {
    throw new UnreadableText(
      'Whether "or" after a semicolon is about all that comes before it cannot be told: put parentheses around what belongs together.',
      spanOf(parts),
    );
  }
  return groupOf(words.includes('or') ? 'or' : 'and', nodes);
}

function split(parts: readonly Part[], mark: Joint['mark']): Part[][] {
  const lists: Part[][] = [];
  for (const part of parts) {
    const last = lists.at(-1);
    if (!last || part.joint?.mark === mark) lists.push([part]);
    else last.push(part);
  }
  return lists;
}

function spanOf(spans: readonly { readonly node: Span }[]): Span {
  return { at: spans[0]?.node.at ?? 0, end: spans.at(-1)?.node.end ?? 0 };
}

function joinedByCommas(clause: readonly Part[], note: Note): Node {
  const elements = split(clause, ',').map((element) => elementOf(element, note));
  const [first] = elements;
  if (elements.length === 1 && first) return first.node;
  const words = new Set(elements.slice(1).map(({ word }) => word));
  if (words.has('and')) return words.has('or') ? mixedList(elements) : andList(elements);
  if (words.has('or')) return orList(elements);
  return bareList(elements, note);
}

/** "A, B, and C". */
function andList(elements: readonly Element[]): Node {
  refuseInnerOr(elements);
  return groupOf('and', nodesOf(elements));
}

/** In "A, B or C, and D" the "or" may be about A too. */
function refuseInnerOr(elements: readonly Element[]): void {
  let start = 0;
  for (const [at, element] of elements.entries()) {
    if (element.word !== '') start = at;
    if (at > start && element.words[0] === 'or' && elements.slice(start, at).every(isPlain)) {
      throw ambiguous(elements, '"or" in the middle of a list');
    }
  }
}

/** "A, B, or C": one of all; an "and" within may be about more than its neighbours. */
function orList(elements: readonly Element[]): Node {
  const firstOr = elements.findIndex(({ word }) => word === 'or');
  const isClosed = elements.slice(firstOr).every(({ word }) => word === 'or');
  const hasBare = firstOr > 1;
  const hasAnd = elements.some(
    ({ looseWords, node }) => looseWords.includes('and') || node.kind === 'unheld',
  );
  const isMixed = elements.some(({ looseWords }) => new Set(looseWords).size > 1);
  if (!isClosed || isMixed || (hasBare && hasAnd))
    throw ambiguous(elements, '"and" in a list that ends with "or"');
  return groupOf('or', nodesOf(elements));
}

/** "A, B, or C, and D": lists that their own ", or" has closed, joined by ", and". */
function mixedList(elements: readonly Element[]): Node {
  const lists: Element[][] = [];
  for (const element of elements) {
    const last = lists.at(-1);
    if (!last || element.word === 'and') lists.push([element]);
    else last.push(element);
  }
  return groupOf(
    'and',
    lists.map((list) => {
      const [first] = list;
      if (list.length === 1 && first) return first.node;
      const isClosed =
        list.length > 2 && list.at(-1)?.word === 'or' && list.slice(1, -1).every(({ word }) => word === '');
      if (
        !isClosed ||
        list.some(({ looseWords, node }) => looseWords.includes('and') || node.kind === 'unheld')
      ) {
        throw ambiguous(elements, '"and" and "or" after commas');
      }
      return groupOf('or', nodesOf(list));
    }),
  );
}

/** "A, B or C", "A or B, C", "A, B": no word after any comma. */
function bareList(elements: readonly Element[], note: Note): Node {
  const before = elements.slice(0, -1);
  const last = elements.at(-1);
  if (last?.hasAlternative && last.words.length === 0) {
    throw new UnreadableText(
      'Whether all of the list or one of it is asked for cannot be told: write "and" or "or" between the courses.',
      spanOf(elements),
    );
  }
  const isOr = last?.words.every((word) => word === 'or') && last.words.length > 0;
  if (last && isOr && before.every(isPlain)) {
    const children = last.node.kind === 'group' ? last.node.children : [last.node];
    return groupOf('or', [...nodesOf(before), ...children]);
  }
  refuseInnerOr(elements);
  if (elements.every(({ words }) => !words.includes('and'))) note(commaIsAnd);
  return groupOf('and', nodesOf(elements));
}

function ambiguous(elements: readonly Element[], what: string): UnreadableText {
  return new UnreadableText(
    `What belongs together cannot be told (${what}): put parentheses around it, or use semicolons.`,
    spanOf(elements),
  );
}

/** A course, or what parentheses hold together; "graduate standing, MATH 1 or MATH 2" has no alternative before the comma. */
function isPlain({ words, node }: Element): boolean {
  return words.length === 0 && node.kind !== 'unheld';
}

function nodesOf(elements: readonly Element[]): Node[] {
  return elements.map(({ node }) => node);
}

function elementOf(parts: readonly Part[], note: Note): Element {
  const [first] = parts;
  if (!first) throw new RangeError('An element has parts.');
  const phrases: { node: Node; word: Joint['word'] }[] = [];
  const words = parts.slice(1).map(({ joint }) => joint?.word ?? '');
  for (const { node, word } of boundNumbers(parts)) phrases.push({ node, word });
  const looseWords = phrases.slice(1).map(({ word }) => word);
  return {
    ...spanOf(parts),
    node: joinedByWords(phrases, looseWords, note),
    word: first.joint?.word ?? '',
    words,
    looseWords,
    hasAlternative: parts.at(-1)?.hasAlternative ?? false,
  };
}

/** "or" is read first: "A and B or C" is A, and one of B and C. */
function joinedByWords(
  phrases: readonly { readonly node: Node; readonly word: Joint['word'] }[],
  words: readonly Joint['word'][],
  note: Note,
): Node {
  if (new Set(words).size > 1) note(orFirst);
  const lists: Node[][] = [];
  for (const { node, word } of phrases) {
    const last = lists.at(-1);
    if (last && word === 'or') last.push(node);
    else lists.push([node]);
  }
  return groupOf(
    'and',
    lists.map((list) => groupOf('or', list)),
  );
}

/** Numbers without a department and the course before them are one part: "CAT 2 and 3". */
function boundNumbers(parts: readonly Part[]): { node: Node; word: Joint['word'] }[] {
  const phrases: { node: Node; word: Joint['word']; bound: Joint['word'] }[] = [];
  for (const { node, joint } of parts) {
    const last = phrases.at(-1);
    const word = joint?.word ?? '';
    if (!last || node.kind !== 'course' || !node.isBare || word === '') {
      phrases.push({ node, word, bound: '' });
      continue;
    }
    if (last.bound !== '' && last.bound !== word) {
      throw new UnreadableText('"and" and "or" between numbers: name the department of each course.', {
        at: last.node.at,
        end: node.end,
      });
    }
    const children = last.bound !== '' && last.node.kind === 'group' ? last.node.children : [last.node];
    phrases.splice(-1, 1, { ...last, bound: word, node: groupOf(word, [...children, node]) });
  }
  return phrases;
}

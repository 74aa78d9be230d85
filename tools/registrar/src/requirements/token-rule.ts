import type { PlainKind, TokenBody } from './tokens.ts';

/** How a kind of token is written, and what one says. The pattern is sticky: it is tried where the last token ended. */
export type TokenRule = readonly [pattern: RegExp, tokenOf: (found: Found) => TokenBody];

/** Named groups of a pattern; absent where a part is not written. */
export type Found = Readonly<Record<string, string | undefined>>;

/** A pattern without regard to case. */
export function anyCase(pattern: string): RegExp {
  return new RegExp(pattern, 'iy');
}

/** Tokens that say nothing more, by their pattern. */
export function plain(pattern: string, kind: PlainKind): TokenRule {
  return [anyCase(pattern), () => ({ kind })];
}

/** The same, where no letter or digit may follow. */
export function plainWord(pattern: string, kind: PlainKind): TokenRule {
  return plain(`(?:${pattern})(?![a-z0-9])`, kind);
}

const ones = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** A number in digits or words, as `count`. */
export const amount = `(?<count>\\d{1,3}(?:\\.\\d+)?|(?:${tens.join('|')})(?:-(?:${ones.slice(0, 9).join('|')}))?|fifteen|${ones.join('|')})(?![a-z0-9-])`;

/** The number that `amount` found. */
export function amountOf({ count = '' }: Found): number {
  if (/^\d/.test(count)) return Number(count);
  const [first = '', second] = count.toLowerCase().split('-');
  if (first === 'fifteen') return 15;
  const ten = tens.indexOf(first);
  return (ten < 0 ? 0 : (ten + 2) * 10) + (ones.indexOf(ten < 0 ? first : (second ?? '')) + 1);
}

/** The beginning of codes, as `beginning`. */
export const codeBeginning = '(?<beginning>[A-Z][A-Z&]{1,5}(?:[ -]?\\d{1,4}[A-Z]{0,3})?)(?![A-Za-z0-9])';

/** What stands between an amount and its list, which follows. */
export const listFollows = '(?: the following| these)?(?: courses?)?(?::|(?=[\\s(]))';

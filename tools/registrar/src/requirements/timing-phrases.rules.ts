import { anyCase, plain } from './token-rule.ts';
import type { TokenRule } from './token-rule.ts';
import type { Timing } from './tokens.ts';

/** With the ways in which it is misspelled in print. */
const pre = '(?:pre-?\\s?req[a-z]*|prequisites?)(?:\\(s\\))?';
const co = 'co-?\\s?req[a-z]*(?:\\(s\\))?';

/** A label ends with a colon or a dash, or a code follows at once. */
function label(pattern: string, timing: Timing): TokenRule {
  return [
    anyCase(`(?:${pattern})(?:\\s*:|\\s+-(?=\\s)|(?=\\s*\\(*[A-Z]{2,6}[ -]?\\d))`),
    () => ({ kind: 'label', timing }),
  ];
}

const taken = '(?:also )?be taken (?:concurrently|concurrent|simultaneously|at the same time)';
const enrolled = '(?:enrollment|registration)';

function after(pattern: string, { isOfEach = false, isInner = false } = {}): TokenRule {
  return [anyCase(pattern), () => ({ kind: 'concurrent after', isOfEach, isInner })];
}

/** "Prerequisite:", "Corequisites:", "concurrent enrollment in", "(may be taken concurrently)". */
export const timingPhrases: readonly TokenRule[] = [
  label(`${pre} ?(?:or|and/or) ?${co}|pre-? ?(?:/|or|and/or) ?${co}`, 'concurrent'),
  label(`${pre} ?(?:/|&|and) ?${co}`, 'open'),
  label(pre, 'before'),
  label(co, 'concurrent'),
  plain('\\( ?\\*[^()]*\\b(?:concurrently|simultaneously|at the same time)[^()]*\\)', 'footnote'),
  plain(
    `(?:must )?(?:have )?(?:completed or (?:be )?concurrently enrolled|completion of or concurrent ${enrolled}|(?:prior|previous) (?:or|and/or) concurrent ${enrolled}|concurrent ${enrolled}|(?:be )?concurrently enrolled) in(?![a-z])`,
    'concurrent before',
  ),
  after(`\\( ?(?:either|both|all|any|each)(?: courses?)? (?:may|can) ${taken} ?\\)`, {
    isOfEach: true,
    isInner: true,
  }),
  after(`\\( ?(?:or )?(?:which )?(?:may|can|must) ${taken} ?\\)`, { isInner: true }),
  after(`\\( ?(?:or )?concurrent(?:ly)?(?: ${enrolled})?(?: (?:is )?(?:allowed|permitted))? ?\\)`, {
    isInner: true,
  }),
  after('\\(or taken in the same semester\\)', { isInner: true }),
  after(`,? ?(?:which )?(?:may|can|must) ${taken}`),
  after(`or concurrent ${enrolled}(?! in)`),
];

import { amount, amountOf, anyCase, listFollows } from './token-rule.ts';
import type { Found, TokenRule } from './token-rule.ts';

/** A letter with or without a sign, or a mark, as `grade`; no number of credits or courses. */
const grade =
  '(?<grade>[A-F][+-]?(?![a-z0-9])|\\d{1,3}%?(?![\\d.]))(?! (?:earned |semester )?(?:credits?|hours?|units?|courses?))';
const better = 'or (?:better|higher|above|greater)';
const adjectives = '(?:(?:minimum|final|letter|course|earned) )*';
const least = '(?:at least )?(?:an? )?';
const gradeOf = `(?:an? |the )?${adjectives}(?:grade|mark)s?:? ?(?:of )?${least}${grade}(?: ${better})?`;

const named = ({ grade: name = '' }: Found): string => name.toUpperCase().replace('%', '');

function before(pattern: string): TokenRule {
  return [
    anyCase(`(?:requires? )?(?:with )?${pattern} in(?![a-z])`),
    (found) => ({ kind: 'grade before', grade: named(found) }),
  ];
}

function after(pattern: string, isInner = false): TokenRule {
  return [
    anyCase(pattern),
    (found) => ({
      kind: 'grade after',
      grade: named(found),
      isOfEach: found['each'] !== undefined || found['plural'] !== undefined,
      isInner,
    }),
  ];
}

/** "a grade of C or better in", "with a minimum grade of C-", "(C or better)". */
export const gradePhrases: readonly TokenRule[] = [
  [
    anyCase(`${amount} courses? with ${gradeOf} (?:from|of)${listFollows}`),
    (found) => ({ kind: 'some', count: amountOf(found), grade: named(found) }),
  ],
  before(gradeOf),
  before(`(?:an? )?${grade} ${better}(?: grade)?`),
  before(`(?:at least|(?:a )?minimum(?: of)?) (?:an? )?${grade}`),
  after(
    `(?<each>(?:each|both|all) )?with (?:an? |the )?${adjectives}(?:grade|mark)(?<plural>s)? of ${least}${grade}(?: ${better})?`,
  ),
  after(`(?<each>(?:each|both|all) )?with (?:at least |a minimum of )(?:an? )?${grade}`),
  after(`(?<each>(?:each|both|all) )?with (?:an? )?${grade} ${better}`),
  after(`minimum (?:grade|mark)(?: of|:)? ${grade}`),
  after(`\\( ?(?:with )?${gradeOf} ?\\)`, true),
  after(`\\( ?(?:with )?(?:an? )?${grade} (?:${better}|minimum) ?\\)`, true),
  after(`\\( ?(?:with )?(?:at least |minimum )(?:an? )?${grade} ?\\)`, true),
];

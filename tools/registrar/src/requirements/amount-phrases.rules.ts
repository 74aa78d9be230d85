import { amount, amountOf, anyCase, codeBeginning, listFollows } from './token-rule.ts';
import type { TokenRule } from './token-rule.ts';

const some = (pattern: string, count?: number): TokenRule => [
  anyCase(pattern),
  (found) => ({ kind: 'some', count: count ?? amountOf(found), grade: undefined }),
];

/** "one of the following:", "30 credits", "two courses in CSCI". */
export const amountPhrases: readonly TokenRule[] = [
  [
    anyCase(
      `(?:must have earned )?(?:at least |(?:a )?minimum of )?${amount} (?:(?:earned|semester|quarter|completed) )?(?:credit hours?|credits?|hours|units)(?: (?:earned|completed))?(?<list>(?: combined)? (?:of|in|from)(?! courses beginning)${listFollows})?(?![a-z0-9])`,
    ),
    (found) => ({ kind: 'credits', credits: amountOf(found), hasList: found['list'] !== undefined }),
  ],
  [
    // With regard to case: "one course in philosophy" names no department.
    new RegExp(
      `(?:[Aa]t least )?${amount.replace('|fifteen', '|[Oo]ne|[Tt]wo|[Tt]hree|fifteen')} courses? (?:in|beginning with) ${codeBeginning}`,
      'y',
    ),
    (found) => ({ kind: 'courses', count: amountOf(found), beginning: found['beginning'] ?? '' }),
  ],
  some(`(?:at least |any )?${amount}(?: (?:additional|different))?(?: courses?)? (?:of|from)${listFollows}`),
  some(`any of${listFollows}`, 1),
  some(`all of${listFollows}`, Number.POSITIVE_INFINITY),
  some(`${amount} courses?(?= [A-Z]{2,6} ?\\d*\\*)`),
  [
    anyCase(`${amount} courses?(?=\\s*(?:[,;.)]|$| and | or ))`),
    (found) => ({ kind: 'courses', count: amountOf(found), beginning: '' }),
  ],
  [
    new RegExp(`(?:from courses|any) beginning with ${codeBeginning}`, 'y'),
    ({ beginning = '' }) => ({ kind: 'beginning', beginning }),
  ],
];

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requirementWords } from './requirement-words.ts';
import type { Requirement } from './requirement.rules.ts';
import { requirementTrees } from './testing/requirement-trees.ts';

const m210 = { course: 'MATH 210' };
const m215 = { course: 'MATH 215' };
const m220 = { course: 'MATH 220' };
const good = { course: 'MATH 210', minGrade: 'C' };

describe('a requirement in words', () => {
  it.each<[Requirement, string]>([
    [m210, 'MATH 210'],
    [good, 'MATH 210 with at least C'],
    [{ course: 'MATH 210', minGrade: '65' }, 'MATH 210 with at least 65'],
    [{ course: 'MATH 210', concurrent: true }, 'MATH 210 (or taken in the same semester)'],
    [{ ...good, concurrent: true }, 'MATH 210 with at least C (or taken in the same semester)'],
    [{ any: [good, m215] }, 'MATH 210 with at least C, or MATH 215'],
    [{ any: [m215, good] }, 'MATH 215, or (MATH 210 with at least C)'],
    [{ any: [good, { ...m215, minGrade: 'B' }] }, 'MATH 210 with at least C, or MATH 215 with at least B'],
    [{ all: [m210, m215, m220] }, 'MATH 210, MATH 215, and MATH 220'],
    [{ any: [m210, m215, m220] }, 'MATH 210, MATH 215, or MATH 220'],
    [{ all: [m210, { any: [m215, m220] }] }, 'MATH 210, and (MATH 215, or MATH 220)'],
    [
      { any: [{ all: [m210, { any: [m215, m220] }] }, { credits: 30 }] },
      '(MATH 210, and (MATH 215, or MATH 220)), or 30 earned credits',
    ],
    [{ all: [{ any: [{ all: [m210] }] }] }, 'MATH 210'],
    [{ all: [m210, { all: [{ any: [m215, m220] }] }] }, 'MATH 210, and (MATH 215, or MATH 220)'],
    [{ all: [m210, { any: [{ all: [m215] }] }] }, 'MATH 210, and MATH 215'],
    [{ credits: 1 }, '1 earned credit'],
    [{ credits: 7.5 }, '7.5 earned credits'],
    [{ credits: 12, of: ['*'] }, '12 earned credits'],
    [{ credits: 12, of: ['MATH *'] }, '12 earned credits from courses beginning with MATH'],
    [
      { credits: 8, of: ['MATH 210', 'CSCI 4*'] },
      '8 earned credits from (MATH 210, any beginning with CSCI 4)',
    ],
    [{ count: 1, of: ['MATH 2*'] }, '1 course beginning with MATH 2'],
    [{ count: 2, of: ['MATH 2*', '*'] }, '2 courses'],
    [{ count: 2, of: ['MATH 210', 'MATH 215'] }, '2 courses from (MATH 210, MATH 215)'],
    [{ any: [{ count: 2, of: ['A 1', 'A 2'] }, m210] }, '2 courses from (A 1, A 2), or MATH 210'],
  ])('%j is %j', (requirement, words) => {
    expect(requirementWords(requirement)).toBe(words);
  });

  it('has "and" and "or" never side by side, for parentheses are around every inner part', () => {
    fc.assert(
      fc.property(requirementTrees, (tree) => {
        let rest = requirementWords(tree).replaceAll(' (or taken in the same semester)', '');
        for (let inner = ''; inner !== rest;) {
          inner = rest;
          rest = rest.replaceAll(/\(([^()]*)\)/g, (_whole, part: string) => {
            expect([part, / and /.test(part) && / or /.test(part)]).toEqual([part, false]);
            return 'X';
          });
        }
        expect([rest, / and /.test(rest) && / or /.test(rest)]).toEqual([rest, false]);
        expect(rest).not.toMatch(/[()]/);
      }),
    );
  });
});

import type { Requirement } from '@registrar/eligibility';
import { describe, expect, it } from 'vitest';
import { all, any, concurrent, course, readOf } from '../testing/requirement-builders.ts';

describe('courses', () => {
  it.each<[string, Requirement]>([
    ['MATH 210', course('MATH 210')],
    ['Prerequisite: MATH 210.', course('MATH 210')],
    ['Prerequsite:MATH 210', course('MATH 210')],
    ['PREREQUISITES - MATH 210', course('MATH 210')],
    ['Prereq(s): COMP1511', course('COMP1511')],
    ['Completion of MANE-1960', course('MANE-1960')],
    ['Must have successfully completed CSE 8A', course('CSE 8A')],
    ['MATH\u00A0210\u200B', course('MATH 210')],
    ['MATH 210 and MATH 215', all('MATH 210', 'MATH 215')],
    ['MATH 210 & MATH 215', all('MATH 210', 'MATH 215')],
    ['MATH 210 AND MATH 215', all('MATH 210', 'MATH 215')],
    ['both MATH 210 and MATH 215', all('MATH 210', 'MATH 215')],
    ['MATH 210; MATH 215', all('MATH 210', 'MATH 215')],
    ['MATH 210. Also MATH 215.', all('MATH 210', 'MATH 215')],
    ['MATH 210, MATH 215, and MATH 220', all('MATH 210', 'MATH 215', 'MATH 220')],
    ['MATH 210, MATH 215 and MATH 220', all('MATH 210', 'MATH 215', 'MATH 220')],
    ['all of MATH 210, MATH 215, MATH 220', all('MATH 210', 'MATH 215', 'MATH 220')],
    ['MATH 210 or MATH 215', any('MATH 210', 'MATH 215')],
    ['MATH 210 and/or MATH 215', any('MATH 210', 'MATH 215')],
    ['either MATH 210 or MATH 215', any('MATH 210', 'MATH 215')],
    ['MATH 210 (or MATH 215)', any('MATH 210', 'MATH 215')],
    ['MATH 210, MATH 215, or MATH 220', any('MATH 210', 'MATH 215', 'MATH 220')],
    ['MATH 210, MATH 215 or MATH 220', any('MATH 210', 'MATH 215', 'MATH 220')],
    ['one of MATH 210, MATH 215, MATH 220', any('MATH 210', 'MATH 215', 'MATH 220')],
    ['One of the following:MATH 210, MATH 215 or MATH 220', any('MATH 210', 'MATH 215', 'MATH 220')],
    ['1 course from (MATH 210, MATH 215)', any('MATH 210', 'MATH 215')],
    ['BUSM612; or BUSO612; or BUSI650', any('BUSM612', 'BUSO612', 'BUSI650')],
  ])('are read from %j', (text, requirement) => {
    expect(readOf(text).requirement).toEqual(requirement);
  });

  it.each<[string, Requirement]>([
    ['CSCI 1200 and 2300', all('CSCI 1200', 'CSCI 2300')],
    ['MATH 210 or 215', any('MATH 210', 'MATH 215')],
    ['CHEM 40C, 40CH, or 41C', any('CHEM 40C', 'CHEM 40CH', 'CHEM 41C')],
    ['COMP1511 or 1911', any('COMP1511', 'COMP1911')],
    ['BILD 1 and BILD 2 or 3', { all: [course('BILD 1'), any('BILD 2', 'BILD 3')] }],
    ['CAT 2 and 3 or DOC 2 and 3', { any: [all('CAT 2', 'CAT 3'), all('DOC 2', 'DOC 3')] }],
    ['PHYS 2D or PHYS 4D and 4E', { any: [course('PHYS 2D'), all('PHYS 4D', 'PHYS 4E')] }],
    [
      'PHYS 2A or 4A, 2B, and MATH 20D',
      { all: [any('PHYS 2A', 'PHYS 4A'), course('PHYS 2B'), course('MATH 20D')] },
    ],
    ['MAE 8 or 9, and MATH 18 or 20F', { all: [any('MAE 8', 'MAE 9'), any('MATH 18', 'MATH 20F')] }],
  ])('of a department that is carried over are read from %j', (text, requirement) => {
    expect(readOf(text).requirement).toEqual(requirement);
  });

  it('are written as the campus writes them, if that is said', () => {
    expect(readOf('CSCI 1200, MATH-210 or PHYS1100', '-').requirement).toEqual(
      any('CSCI-1200', 'MATH-210', 'PHYS-1100'),
    );
    expect(readOf('CSCI 1200 or 2300', '').requirement).toEqual(any('CSCI1200', 'CSCI2300'));
  });
});

describe('least grades', () => {
  const graded = { all: [course('BIO 170', 'C-'), course('BIO 171', 'C-')] };
  it.each<[string, Requirement]>([
    ['a grade of C or better in MATH 210', course('MATH 210', 'C')],
    ['A minimum grade of C- in MATH 210', course('MATH 210', 'C-')],
    ['Requires a C- or higher in MATH 210', course('MATH 210', 'C-')],
    ['at least a B in MATH 210', course('MATH 210', 'B')],
    ['a mark of at least 65 in MATH 210', course('MATH 210', '65')],
    ['MATH 210 with a minimum grade of C\u2013', course('MATH 210', 'C-')],
    ['MATH 210 with a grade of C or better', course('MATH 210', 'C')],
    ['MATH 210 with at least C', course('MATH 210', 'C')],
    ['MATH 210 (C or better)', course('MATH 210', 'C')],
    ['MATH 210 (grade of B or better)', course('MATH 210', 'B')],
    ['Undergraduate level MATH 210 Minimum Grade of D', course('MATH 210', 'D')],
    ['C- or higher in BIO 170 and BIO 171', graded],
    ['BIO 170 and 171 with grades of C- or better', graded],
    ['BIO 170 and BIO 171, each with a grade of C- or better', graded],
    ['BIO 170 and BIO 171, both with at least C-', graded],
    ['Minimum grade of C- in BIO 170; and BIO 171', { all: [course('BIO 170', 'C-'), course('BIO 171')] }],
    ['a C or better in AA 1 and completion of BB 2', { all: [course('AA 1', 'C'), course('BB 2')] }],
    [
      '1 course with a minimum grade of C from (AA 1, AA 2)',
      { any: [course('AA 1', 'C'), course('AA 2', 'C')] },
    ],
    ['AA 1, or (BB 2 with at least C)', { any: [course('AA 1'), course('BB 2', 'C')] }],
    [
      'AA 1 with a grade of C or better, or equivalent and BB 2 with a grade of D or better',
      { all: [course('AA 1', 'C'), course('BB 2', 'D')] },
    ],
    [
      'two courses with a grade of B or better from (AA 1, AA 2, AA 3)',
      {
        any: [
          { all: [course('AA 1', 'B'), course('AA 2', 'B')] },
          { all: [course('AA 1', 'B'), course('AA 3', 'B')] },
          { all: [course('AA 2', 'B'), course('AA 3', 'B')] },
        ],
      },
    ],
  ])('are read from %j', (text, requirement) => {
    expect(readOf(text).requirement).toEqual(requirement);
  });
});

describe('courses of the same semester', () => {
  it.each<[string, Requirement]>([
    ['Corequisite: PHYS 1', concurrent('PHYS 1')],
    ['Co-requisites: PHYS 1 or 2', { any: [concurrent('PHYS 1'), concurrent('PHYS 2')] }],
    ['Prerequisites or corequisites: PHYS 1', concurrent('PHYS 1')],
    ['Pre- or corequisite: PHYS 1', concurrent('PHYS 1')],
    ['Pre/corequisite: PHYS 1', concurrent('PHYS 1')],
    ['concurrent enrollment in PHYS 1', concurrent('PHYS 1')],
    ['Prior or concurrent registration in PHYS 1', concurrent('PHYS 1')],
    ['must have completed or be concurrently enrolled in PHYS 1', concurrent('PHYS 1')],
    ['PHYS 1 (may be taken concurrently)', concurrent('PHYS 1')],
    ['PHYS 1, which may be taken concurrently', concurrent('PHYS 1')],
    ['PHYS 1 or concurrent enrollment', concurrent('PHYS 1')],
    ['PHYS 1 *.(*can also be taken simultaneously)', concurrent('PHYS 1')],
    ['AA 1 and BB 2 *. (* may be taken concurrently)', { all: [course('AA 1'), concurrent('BB 2')] }],
    ['AA 1 and BB 2. BB 2 may be taken concurrently.', { all: [course('AA 1'), concurrent('BB 2')] }],
    [
      'AA 1 or AA 2 (either course may be taken concurrently)',
      { any: [concurrent('AA 1'), concurrent('AA 2')] },
    ],
    ['Prerequisite: AA 1\nCo-requisite: BB 2', { all: [course('AA 1'), concurrent('BB 2')] }],
    ['Prerequisites - AA 11 Corequisite BB 22', { all: [course('AA 11'), concurrent('BB 22')] }],
    [
      'AA 1; and concurrent enrollment in BB 2; and CC 3',
      { all: [course('AA 1'), concurrent('BB 2'), course('CC 3')] },
    ],
  ])('are read from %j', (text, requirement) => {
    expect(readOf(text).requirement).toEqual(requirement);
  });
});

describe('credits and counts', () => {
  it.each<[string, Requirement]>([
    ['30 credits', { credits: 30 }],
    ['Completion of at least ninety units', { credits: 90 }],
    ['at least forty-five credit hours earned', { credits: 45 }],
    [
      'at least 12 credit hours of MATH; MATH 210',
      { all: [{ credits: 12, of: ['MATH *'] }, course('MATH 210')] },
    ],
    ['6 credits of (MATH 2*, CSCI 1200)', { credits: 6, of: ['MATH 2*', 'CSCI 1200'] }],
    [
      '3 credits of CHEM 2930, CHEM 2940, or CHEM 4970',
      { credits: 3, of: ['CHEM 2930', 'CHEM 2940', 'CHEM 4970'] },
    ],
    ['any two of AA 1, AA 2, AA 3', { count: 2, of: ['AA 1', 'AA 2', 'AA 3'] }],
    ['at least two of AA 1, AA 2, and AA 3', { count: 2, of: ['AA 1', 'AA 2', 'AA 3'] }],
    ['two courses from VIS 164, 165, 171', { count: 2, of: ['VIS 164', 'VIS 165', 'VIS 171'] }],
    ['two of AA 1 and AA 2', all('AA 1', 'AA 2')],
    ['3 courses from MATH 2*', { count: 3, of: ['MATH 2*'] }],
    ['two courses in CSCI; CSCI-100', { all: [{ count: 2, of: ['CSCI-*'] }, course('CSCI-100')] }],
    [
      'one of LAJ3201 or LAJ3203; and 7 courses JS*, or 4 courses LAJ* and 3 courses JS*',
      {
        all: [
          any('LAJ3201', 'LAJ3203'),
          {
            any: [
              { count: 7, of: ['JS*'] },
              {
                all: [
                  { count: 4, of: ['LAJ*'] },
                  { count: 3, of: ['JS*'] },
                ],
              },
            ],
          },
        ],
      },
    ],
  ])('are read from %j', (text, requirement) => {
    expect(readOf(text).requirement).toEqual(requirement);
  });
});

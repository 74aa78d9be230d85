import type { Requirement } from '@registrar/eligibility';
import { describe, expect, it } from 'vitest';
import { all, any, course, readOf } from '../testing/requirement-builders.ts';
import { parseRequirement } from './parse-requirement.rules.ts';

const orFirst = '"or" is read before "and" where there are no parentheses.';
const commas = 'Commas without a word are read as "and".';
const leftOut = (part: string) => `Left out, a permit lets such a student in: "${part}".`;
const aside = (part: string) => `Asks for nothing: "${part}".`;

describe('a text with "and" and "or"', () => {
  it.each<[string, Requirement, string[]]>([
    ['AA 1 and (BB 2 or BB 3)', { all: [course('AA 1'), any('BB 2', 'BB 3')] }, []],
    ['AA 1 and BB 2 or BB 3', { all: [course('AA 1'), any('BB 2', 'BB 3')] }, [orFirst]],
    ['AA 1 or AA 2 and BB 3', { all: [any('AA 1', 'AA 2'), course('BB 3')] }, [orFirst]],
    ['AA 1 or AA 2 and BB 3 or BB 4', { all: [any('AA 1', 'AA 2'), any('BB 3', 'BB 4')] }, [orFirst]],
    ['both AA 1 and BB 2 or CC 3', { any: [all('AA 1', 'BB 2'), course('CC 3')] }, []],
    ['AA 1 and BB 2, or CC 3', { any: [all('AA 1', 'BB 2'), course('CC 3')] }, []],
    ['AA 1 and BB 2; or CC 3', { any: [all('AA 1', 'BB 2'), course('CC 3')] }, []],
    ['AA 1 or AA 2, and BB 3 or BB 4', { all: [any('AA 1', 'AA 2'), any('BB 3', 'BB 4')] }, []],
    ['AA 1 or AA 2; and BB 3 or BB 4', { all: [any('AA 1', 'AA 2'), any('BB 3', 'BB 4')] }, []],
    ['AA 1, AA 2, or AA 3, and BB 4', { all: [any('AA 1', 'AA 2', 'AA 3'), course('BB 4')] }, []],
    ['AA 1 or AA 2, BB 3, and CC 4', { all: [any('AA 1', 'AA 2'), course('BB 3'), course('CC 4')] }, []],
    ['AA 1 or AA 2, BB 3', { all: [any('AA 1', 'AA 2'), course('BB 3')] }, [commas]],
    ['AA 1, BB 2', all('AA 1', 'BB 2'), [commas]],
    ['AA 1 and; BB 2 or BB 3', { all: [course('AA 1'), any('BB 2', 'BB 3')] }, []],
    [
      '(AA 1 and (BB 2 or BB 3)) or (CC 4 or CC 5)',
      { any: [{ all: [course('AA 1'), any('BB 2', 'BB 3')] }, course('CC 4'), course('CC 5')] },
      [],
    ],
  ])('%j has the documented reading', (text, requirement, notes) => {
    expect(readOf(text)).toEqual({ isRead: true, requirement, notes });
  });

  it.each([
    ['AA 1, BB 2 or CC 3, and DD 4', 'AA 1, BB 2 or CC 3, and DD 4'],
    ['AA 1, AA 2 or AA 3, BB 4 or BB 5', 'AA 1, AA 2 or AA 3, BB 4 or BB 5'],
    ['AA 1, AA 2, or AA 3 and BB 4', 'AA 1, AA 2, or AA 3 and BB 4'],
    ['AA 1, and BB 2, or CC 3', 'AA 1, and BB 2, or CC 3'],
    ['AA 1; and BB 2; or CC 3', 'AA 1; and BB 2; or CC 3'],
    ['AA 1, BB 2, or permission of instructor', 'AA 1, BB 2'],
    ['AA 1, BB 2 or equivalent', 'AA 1, BB 2'],
    ['AA 1/BB 2', 'AA 1/BB 2'],
    ['AA 1 or CC 2, 45 and DD 3', '45'],
    ['MATH 1 or 2 and 3', 'MATH 1 or 2 and 3'],
    ['AA 1 and BB 2 with a grade of C or better', 'with a grade of C or better'],
    ['AA 1 and BB 2 may be taken concurrently', 'may be taken concurrently'],
    ['12 credits of MATH or PHYS 1100', 'MATH or PHYS 1100'],
    ['one of AA 1 or AA 2 and BB 3', 'and'],
    ['one of AA 1 and BB 2', 'AA 1 and BB 2'],
  ])('%j is refused, for it has several', (text, part) => {
    expect(parseRequirement(text)).toMatchObject({ isRead: false, part });
  });
});

describe('what no requirement holds', () => {
  it.each([
    ['Permission of instructor.', 'Permission of instructor', 'consent of the course'],
    ['MATH 210 and permission of the instructor', 'permission of the instructor', 'consent of the course'],
    ['By instructor approval only', 'By instructor approval only', 'consent of the course'],
    ['junior standing', 'junior standing', 'restriction of the course'],
    ['MATH 210, junior or senior standing', 'junior or senior standing', 'restriction of the course'],
    ['graduate standing, MATH 210 or MATH 215', 'graduate standing', 'restriction of the course'],
    ['senior standing or permission of instructor', 'senior standing', 'restriction of the course'],
    ['MATH 210. Restricted to juniors or seniors.', 'Restricted to juniors or seniors', 'restriction of the'],
    ['mathematics majors', 'mathematics majors', 'restriction of the course'],
    ['MATH 210 and a GPA of 3.0', 'a GPA of 3.0', 'average of grades'],
    ['COMP3821, or (COMP3121 and a 75 WAM)', 'a 75 WAM', 'average of grades'],
    ['math placement test', 'math placement test', 'code of its own'],
    ['MATH 210 and some knowledge of matrices', 'some knowledge of matrices', 'name the course'],
    ['MATH 210 or knowledge of calculus, PHYS 1', 'knowledge of calculus, PHYS 1', 'name the course'],
    ['six units of TDMV 2', 'six units of', 'each code counts once'],
    ['a C or better in 12 credits of MATH', '12 credits of', 'no least grade'],
    ['Corequisite: 30 credits', '30 credits', 'earlier semesters'],
    ['three of AA 1 and AA 2', 'three of', 'more than there are'],
  ])('%j is refused with what to do', (text, part, reason) => {
    expect(parseRequirement(text)).toEqual({
      isRead: false,
      part,
      reason: expect.stringContaining(reason) as string,
    });
  });

  it.each<[string, Requirement, string[]]>([
    ['AA 1 or permission of instructor', course('AA 1'), [leftOut('or permission of instructor')]],
    [
      'AA 1, or consent of the department chair',
      course('AA 1'),
      [leftOut('or consent of the department chair')],
    ],
    [
      'AA 1; or permission of ARHU-School of Arts, Literatures, and Cultures.',
      course('AA 1'),
      [leftOut('or permission of ARHU-School of Arts, Literatures, and Cultures')],
    ],
    ['AA 1 (or equivalent) or BB 2', any('AA 1', 'BB 2'), [leftOut('or equivalent')]],
    ['AA 1 or equivalent and BB 2 or equivalent', all('AA 1', 'BB 2'), [leftOut('or equivalent')]],
    ['AA 1, BB 2, and CC 3, or equivalents', all('AA 1', 'BB 2', 'CC 3'), [leftOut('or equivalents')]],
    ['AA 1 or junior standing or higher', course('AA 1'), [leftOut('or junior standing or higher')]],
    ['consent of instructor or AA 1', course('AA 1'), [leftOut('consent of instructor')]],
    [
      'AA 1 or demonstrable proficiency in music',
      course('AA 1'),
      [leftOut('or demonstrable proficiency in music')],
    ],
    [
      'One of AA 1, AA 2, or permission of instructor',
      any('AA 1', 'AA 2'),
      [leftOut('or permission of instructor')],
    ],
  ])('%j is an alternative that is left out with a note', (text, requirement, notes) => {
    expect(readOf(text)).toEqual({ isRead: true, requirement, notes });
  });
});

describe('what asks for nothing', () => {
  it.each<[string, Requirement | null, string[]]>([
    ['None.', null, []],
    ['Prerequisites: none', null, []],
    ['AA 1. BB 2 is recommended.', course('AA 1'), [aside('BB 2 is recommended')]],
    ['AA 1; knowledge of MATLAB recommended.', course('AA 1'), [aside('knowledge of MATLAB recommended')]],
    ['AA 1 is required, and BB 2 is recommended.', course('AA 1'), [aside('BB 2 is recommended')]],
    [
      'AA 1 required; BB 2 recommended but not required',
      course('AA 1'),
      [aside('BB 2 recommended but not required')],
    ],
    [
      'None; however, both AA 1 and BB 2 are suggested.',
      null,
      [aside('however, both AA 1 and BB 2 are suggested')],
    ],
    [
      'AA 1. Recommended preparation: BB 2 or CC 3.',
      course('AA 1'),
      [aside('Recommended preparation: BB 2 or CC 3')],
    ],
    [
      'AA 1. Additional credit cannot be obtained for BB 2.',
      course('AA 1'),
      [aside('Additional credit cannot be obtained for BB 2')],
    ],
    ['AA 1. (F,W,S)', course('AA 1'), [aside('F,W,S')]],
    ['AA 1 (preferred) or BB 2', any('AA 1', 'BB 2'), [aside('preferred')]],
  ])('%j is noted', (text, requirement, notes) => {
    expect(readOf(text)).toEqual({ isRead: true, requirement, notes });
  });

  it.each([
    ['AA 1 and BB 2 preferred', 'preferred'],
    ['Junior standing and experience recommended', 'experience recommended'],
    ['AA 1 (recommended)', 'recommended'],
    ['None or AA 1', 'or AA 1'],
    ['None. AA 1', 'None'],
  ])('%j may ask for something, and is refused', (text, part) => {
    expect(parseRequirement(text)).toMatchObject({
      isRead: false,
      part: expect.stringContaining(part) as string,
    });
  });

  it('a heading that names both kinds asks for the stricter, which is noted', () => {
    expect(readOf('Prerequisites/Corequisites: AA 1')).toEqual({
      isRead: true,
      requirement: course('AA 1'),
      notes: [
        'The heading names prerequisites and corequisites and does not say which: read as prerequisites.',
      ],
    });
    expect(readOf('Prerequisites/Corequisites: Corequisite: AA 1').notes).toEqual([]);
  });
});

describe('what cannot be read', () => {
  it.each([
    ['', ''],
    [' \n', ''],
    ['Prerequisites:', 'Prerequisites:'],
    ['...', '...'],
    ['vary with topic', 'vary with topic'],
    ['MATH 210 and Introduction to Calculus', 'Introduction to Calculus'],
    ['MATH 210 or higher', 'higher'],
    ['except MATH 210', 'except MATH 210'],
    ['not MATH 210', 'not MATH 210'],
    ['MATH 20A-B', 'MATH 20A-B'],
    ['math 210', 'math 210'],
    ['210 and 215', '210'],
    ['one course in philosophy', 'one course in philosophy'],
    ['MATH 210 MATH 215', 'MATH 210 MATH 215'],
    ['MATH 210 and', 'and'],
    ['or MATH 210', 'or MATH 210'],
    ['MATH 210 and or MATH 215', 'and or'],
    ['(MATH 210 or (MATH 215 and MATH 220)', '(MATH 210 or (MATH 215 and MATH 220)'],
    ['MATH 210)', ')'],
    ['()', '()'],
    ['MATH 210 *', 'MATH 210 *'],
    ['MATH 210. MATH 210 with a grade of C (D or better)', 'MATH 210 with a grade of C (D or better)'],
    ['Prerequisite: AA 1. Corequisite: AA 1', 'AA 1'],
    ['both AA 1 or BB 2', 'both'],
    ['either AA 1', 'either'],
  ])('%j is refused with the part', (text, part) => {
    expect(parseRequirement(text)).toEqual({
      isRead: false,
      part,
      reason: expect.stringMatching(/^[A-Z"].*\.$/) as string,
    });
  });

  it('is what is more than a requirement holds', () => {
    const codes = Array.from({ length: 60 }, (_, at) => `MATH ${at + 1}`);
    expect(parseRequirement(codes.join(' or '))).toMatchObject({
      isRead: false,
      reason: 'No requirement can hold this: A requirement has at most 60 parts.',
    });
    expect(parseRequirement(codes.slice(1).join(' or '))).toMatchObject({ isRead: true });
  });
});

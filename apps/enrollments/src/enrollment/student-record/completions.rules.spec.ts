import { GradeScale } from '@registrar/eligibility';
import { describe, expect, it } from 'vitest';
import { completionOf } from '../testing/builders.ts';
import {
  earnedCreditsOf,
  newestCompletionsFirst,
  sameCompletion,
  withCompletion,
  withoutCompletionOf,
} from './completions.rules.ts';

const scale = new GradeScale();
const math = completionOf('MATH 1', { grade: 'B', credits: 4 });
const ofEnrollment = completionOf('CS 1', { id: 'cmp_1', source: 'enrollment', enrollmentId: 'enr_1' });

describe('completions', () => {
  it('earn the credits of each code once, by the best attempt that passed', () => {
    const completions = [
      math,
      completionOf('math 1', { grade: 'A', credits: 3 }),
      completionOf('MATH 1', { grade: 'F', credits: 9 }),
      completionOf('ART 1', { grade: 'P', credits: 2 }),
      completionOf('SPORT 1', { grade: '49', credits: 1 }),
    ];
    expect(earnedCreditsOf({ completions }, scale)).toBe(6);
  });

  it('are the same by code in any case and date', () => {
    expect(sameCompletion([math], { code: 'math 1', completedOn: math.completedOn })).toBe(math);
    expect(sameCompletion([math], { code: 'MATH 1', completedOn: '2026-05-16' })).toBeUndefined();
  });

  it('of an enrollment are replaced by another grade, and keep id and date', () => {
    const other = { ...ofEnrollment, id: 'cmp_2', grade: 'A', completedOn: '2027-01-01' };
    expect(withCompletion([math, ofEnrollment], other)).toEqual([math, { ...ofEnrollment, grade: 'A' }]);
    expect(withCompletion([math], ofEnrollment)).toEqual([math, ofEnrollment]);
    expect(withoutCompletionOf([math, ofEnrollment], 'enr_1')).toEqual([math]);
  });

  it('are listed newest first, those of one day in the order of writing turned around', () => {
    const early = completionOf('A 1', { completedOn: '2026-01-01' });
    const [first, second] = [completionOf('B 1'), completionOf('C 1')];
    expect(newestCompletionsFirst([first, early, second])).toEqual([second, first, early]);
  });
});

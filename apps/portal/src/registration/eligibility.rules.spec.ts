import type { CourseHistory, Requirement } from '@registrar/eligibility/rules';
import { GradeScale } from '@registrar/eligibility/rules';
import { describe, expect, it } from 'vitest';
import type { RequirementPart } from './eligibility.rules.ts';
import { codesIn, conditionsOf, historyOf, isFailed, markedRequirement } from './eligibility.rules.ts';

const scale = new GradeScale();
const attempt = (code: string, grade: string | null = 'B') => ({ code, credits: 4, grade });

function history(attempts: ReturnType<typeof attempt>[], ...enrolled: string[]): CourseHistory {
  const enrollments = enrolled.map((courseCode) => ({ status: 'enrolled' as const, courseCode }));
  const found = historyOf(attempts, enrollments, scale);
  if (found === undefined) throw new Error('The completions are known.');
  return found;
}

describe('the history of a student', () => {
  it('is not known before the completions are', () => {
    expect(historyOf(undefined, [], scale)).toBeUndefined();
  });

  it('leaves failed attempts out, and everything that is not enrolled now', () => {
    const found = historyOf(
      [attempt('CS 101', 'F'), attempt('Math 1', 'D-')],
      [
        { status: 'enrolled', courseCode: 'Cs 7' },
        { status: 'waitlisted', courseCode: 'CS 8' },
        { status: 'completed', courseCode: 'CS 9' },
      ],
      scale,
    );
    expect([...(found?.passed.keys() ?? [])]).toEqual(['MATH 1']);
    expect(found?.concurrent).toEqual(new Set(['CS 7']));
  });

  it.each([
    ['completed', 'F', true],
    ['completed', 'D-', false],
    ['completed', null, false],
    ['completed', '49', true],
    ['enrolled', null, false],
  ] as const)('has failed one that is %s with %s: %s', (status, grade, expected) => {
    expect(isFailed({ status, grade }, scale)).toBe(expected);
  });
});

/** A part in a line: `any:met(A:met, B:spare)`. */
function line(part: RequirementPart): string {
  const mark = part.mark === undefined ? '' : `:${part.mark}`;
  if (part.kind === 'leaf') return `${'course' in part.leaf ? part.leaf.course : 'other'}${mark}`;
  return `${part.kind}${mark}(${part.parts.map(line).join(', ')})`;
}

const [a, b, c]: Requirement[] = [{ course: 'A' }, { course: 'B' }, { course: 'C', concurrent: true }];

describe('a requirement with marks', () => {
  it.each([
    ['of one that is met', { all: [a, b] }, history([attempt('A'), attempt('B')]), 'all:met(A:met, B:met)'],
    ['of one that is not', { all: [a, b] }, history([attempt('A')]), 'all:unmet(A:met, B:unmet)'],
    [
      'of alternatives, one of which will do',
      { any: [a, { all: [b, c] }] },
      history([attempt('A')]),
      'any:met(A:met, all:spare(B:spare, C:spare))',
    ],
    ['of alternatives, none of which is met', { any: [a, b] }, history([]), 'any:unmet(A:unmet, B:unmet)'],
    ['of a course of this semester', c, history([], 'C'), 'C:met'],
    ['of a failed course', a, history([attempt('A', 'F')]), 'A:unmet'],
    ['of what only wraps one part', { all: [{ any: [a] }] }, history([]), 'A:unmet'],
    ['without a history', { all: [a, { any: [b, c] }] }, undefined, 'all(A, any(B, C))'],
  ] as [string, Requirement, CourseHistory | undefined, string][])(
    '%s',
    (_, requirement, known, expected) => {
      expect(line(markedRequirement(requirement, known))).toBe(expected);
    },
  );
});

it('codes of a requirement are those that it names, each once', () => {
  const requirement: Requirement = {
    all: [
      { course: 'MATH 210', minGrade: 'C' },
      { any: [{ course: 'CS 101' }, { course: 'MATH 210' }] },
      { credits: 30 },
      { count: 2, of: ['CS 4*', 'CS 300'] },
    ],
  };
  expect(codesIn(requirement)).toEqual(['MATH 210', 'CS 101', 'CS 300']);
});

describe('the conditions of a restriction', () => {
  const match = { programs: ['CS', 'MATH'], levels: ['senior'], minCredits: 30 };

  it('are marked each by itself', () => {
    const student = { programs: ['MATH'], level: 'junior', groups: [], earnedCredits: 30 };
    expect(conditionsOf(match, student)).toEqual([
      { kind: 'programs', values: ['CS', 'MATH'], isMet: true },
      { kind: 'levels', values: ['senior'], isMet: false },
      { kind: 'minCredits', credits: 30, isMet: true },
    ]);
  });

  it('have no mark where the student is not known', () => {
    expect(conditionsOf({ groups: ['honors'] }, undefined)).toEqual([
      { kind: 'groups', values: ['honors'], isMet: undefined },
    ]);
  });
});

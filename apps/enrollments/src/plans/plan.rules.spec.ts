import type { PlanRequest } from '@registrar/contracts-enrollments';
import { describe, expect, it } from 'vitest';
import { offeringOf, seatsOf } from '../enrollment/testing/builders.ts';
import { coursesOfPlan, planFaults } from './plan.rules.ts';
import type { PlannedCourse } from './plans.repository.ts';

const course = (id: string, change: Parameters<typeof seatsOf>[1] = {}): [string, PlannedCourse] => {
  const variable = id === 'thesis' ? { credits: 6, minCredits: 2 } : {};
  return [id, { seats: seatsOf(id, change), offering: offeringOf(id, variable) }];
};
const courses = new Map([
  course('algebra'),
  course('lab'),
  course('thesis'),
  course('draft', { status: 'draft' }),
  course('later', { semesterId: 'fall' }),
]);

type Named = string | { courseId: string; credits: number };

/** A plan of entries of choices of courses. */
function planOf(...entries: Named[][][]): PlanRequest {
  const named = (each: Named) => (typeof each === 'string' ? { courseId: each } : each);
  return {
    armed: false,
    entries: entries.map((choices) => ({
      joinWaitlist: false,
      choices: choices.map((those) => ({ courses: those.map(named) })),
    })),
  };
}

const faultsOf = (plan: PlanRequest) =>
  planFaults(plan, 'spring', courses).map(({ path, code }) => [path, code]);

describe('what is wrong with a plan', () => {
  it('is nothing where each course is in one entry, in as many of its choices as it likes', () => {
    const plan = planOf([['algebra', 'lab'], ['algebra']], [[{ courseId: 'thesis', credits: 2.25 }]]);
    expect(faultsOf(plan)).toEqual([]);
    expect(coursesOfPlan(plan)).toEqual(['algebra', 'lab', 'thesis']);
    expect(faultsOf(planOf())).toEqual([]);
  });

  it('is said all at once, each with its path', () => {
    const plan = planOf(
      [['unknown', 'draft'], ['later']],
      [['algebra', 'algebra']],
      [['lab'], ['algebra']],
      [[{ courseId: 'thesis', credits: 1 }]],
    );
    expect(faultsOf({ ...plan, armed: true })).toEqual([
      ['armed', 'inconsistent'],
      ['entries.0.choices.0.courses.0.courseId', 'not_found'],
      ['entries.0.choices.0.courses.1.courseId', 'not_found'],
      ['entries.0.choices.1.courses.0.courseId', 'inconsistent'],
      ['entries.1.choices.0.courses.1.courseId', 'inconsistent'],
      ['entries.2.choices.1.courses.0.courseId', 'inconsistent'],
      ['entries.3.choices.0.courses.0.credits', 'invalid_value'],
    ]);
  });

  it('is credits that are fixed otherwise', () => {
    const fixed = (credits: number) => faultsOf(planOf([[{ courseId: 'algebra', credits }]]));
    expect(fixed(3)).toEqual([]);
    expect(fixed(4)).toEqual([['entries.0.choices.0.courses.0.credits', 'invalid_value']]);
  });
});

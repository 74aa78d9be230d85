import { describe, expect, it } from 'vitest';
import { deadlinesOf, pausedAtOf, requirementOf, restrictionOf } from './course-terms.ts';

const deadlines = {
  enrollmentClosesAt: '2026-09-01T00:00:00.000Z',
  dropDeadlineAt: '2026-09-15T00:00:00.000Z',
  withdrawDeadlineAt: '2026-11-01T00:00:00.000Z',
};
const semester = { ...deadlines, pausedAt: null };
const course = {
  prerequisites: [],
  requirement: null,
  restriction: null,
  enrollmentClosesAt: null,
  dropDeadlineAt: null,
  withdrawDeadlineAt: null,
};

describe('the terms of a course', () => {
  it.each([
    ['not known', undefined],
    ['without own times', course],
  ])('are those of the semester for one that is %s', (_, of) => {
    expect(deadlinesOf(of, semester)).toEqual(deadlines);
  });

  it('are its own before those of the semester, each by itself', () => {
    const dropDeadlineAt = '2026-08-20T00:00:00.000Z';
    expect(deadlinesOf({ ...course, dropDeadlineAt }, semester)).toEqual({ ...deadlines, dropDeadlineAt });
  });

  it('join prerequisites and requirement', () => {
    const requirement = { course: 'CS 102', minGrade: 'C' };
    expect(requirementOf(course)).toBeUndefined();
    expect(requirementOf({ ...course, prerequisites: ['CS 101'], requirement })).toEqual({
      all: [{ course: 'CS 101' }, requirement],
    });
  });

  it('are absent where there are none', () => {
    expect([restrictionOf(course), pausedAtOf(semester)]).toEqual([undefined, undefined]);
  });
});

import type { CourseStatus } from '@registrar/contracts-courses';
import { describe, expect, it } from 'vitest';
import { courseState } from '../testing/courses.ts';
import { cancelledCourse, changedCourse } from './course-change.rules.ts';

const now = '2026-08-02T08:00:00.000Z';

function move(from: CourseStatus, to: CourseStatus): CourseStatus | string | undefined {
  try {
    return changedCourse(courseState({ status: from }), { status: to }, 2, now)?.status;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('a change of a course', () => {
  it.each<[CourseStatus, CourseStatus, string | undefined]>([
    ['draft', 'draft', undefined],
    ['draft', 'open', 'open'],
    ['draft', 'closed', 'invalid_transition'],
    ['draft', 'cancelled', 'invalid_transition'],
    ['open', 'draft', 'invalid_transition'],
    ['open', 'open', undefined],
    ['open', 'closed', 'closed'],
    ['open', 'cancelled', 'invalid_transition'],
    ['closed', 'draft', 'invalid_transition'],
    ['closed', 'open', 'open'],
    ['closed', 'closed', undefined],
    ['closed', 'cancelled', 'invalid_transition'],
    ['cancelled', 'draft', 'invalid_transition'],
    ['cancelled', 'open', 'invalid_transition'],
    ['cancelled', 'closed', 'invalid_transition'],
    ['cancelled', 'cancelled', 'invalid_transition'],
  ])('from %s to %s gives %s', (from, to, expected) => expect(move(from, to)).toBe(expected));

  it('has the version it is given and changes what it names only', () => {
    const before = courseState({ version: 4 });
    const after = changedCourse(before, { capacity: 40, title: 'Programming' }, 5, now);
    expect(after).toEqual({ ...before, capacity: 40, title: 'Programming', version: 5, updatedAt: now });
  });

  it.each([
    ['names nothing', {}],
    ['says what is so already', { capacity: 30, meetings: [], title: 'Introduction to Programming' }],
    ['leaves its fields undefined', { title: undefined } as object],
  ])('is none where it %s', (_, change) =>
    expect(changedCourse(courseState(), change, 2, now)).toBeUndefined(),
  );

  it('is refused for a cancelled course, whatever it names', () => {
    expect(() => changedCourse(courseState({ status: 'cancelled' }), {}, 2, now)).toThrow(
      'invalid_transition',
    );
  });
});

describe('cancelling a course', () => {
  it.each<CourseStatus>(['draft', 'open', 'closed'])('ends one that is %s', (status) => {
    const expected = { status: 'cancelled', version: 2, updatedAt: now };
    expect(cancelledCourse(courseState({ status }), 2, now)).toMatchObject(expected);
  });

  it('leaves a cancelled one as it is', () => {
    expect(cancelledCourse(courseState({ status: 'cancelled' }), 2, now)).toBeUndefined();
  });
});

import { createCourseRequest } from '@registrar/contracts-courses';
import type { CourseStatus } from '@registrar/contracts-courses';
import { describe, expect, it } from 'vitest';
import { courseState } from '../testing/courses.ts';
import { cancelledCourse, changedCourse, followedClass, newCourse } from './course-change.rules.ts';

const now = '2026-08-02T08:00:00.000Z';

/** What a cross-listed course has of its class. */
const classFields = {
  waitlistCapacity: 9,
  meetings: [{ day: 'mon' as const, start: '09:00', end: '10:00', room: 'A 1' }],
  instructorIds: ['usr_1'],
  status: 'closed' as const,
  reservations: [{ name: 'Honors', seats: 3, match: { groups: ['honors'] }, releasesAt: null }],
};

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

describe('a new course', () => {
  const asked = {
    semesterId: '2026-fall',
    departmentId: 'CS',
    code: 'CS-101',
    title: 'Programming',
    credits: 3,
  };

  it('has the defaults of what is not stated', () => {
    const request = createCourseRequest.parse({ ...asked, capacity: 5, waitlistCapacity: 2 });
    expect(newCourse('crs_a', request, now)).toEqual(
      courseState({ title: 'Programming', capacity: 5, waitlistCapacity: 2, createdAt: now, updatedAt: now }),
    );
  });

  it("has what is its class's from there, and its capacity where none is stated", () => {
    const ofClass = courseState({ id: 'crs_class', capacity: 40, ...classFields });
    const request = createCourseRequest.parse({ ...asked, crossListedOf: 'crs_class' });
    const made = newCourse('crs_a', request, now, ofClass);
    expect(made).toMatchObject({ ...classFields, capacity: 40, title: 'Programming', version: 1 });
    expect(newCourse('crs_a', { ...request, capacity: 5 }, now, ofClass).capacity).toBe(5);
  });
});

describe('a cross-listed course', () => {
  const course = courseState({ id: 'crs_b', crossListedOf: 'crs_a', capacity: 10, version: 3 });

  it("follows its class in what is the class's, and in the capacity where that is the class's too", () => {
    const ofClass = courseState({ ...classFields, capacity: 50, title: 'Other', updatedAt: now });
    const followed = { ...course, ...classFields, version: 4, updatedAt: now };
    expect(followedClass(course, ofClass, { withCapacity: false, version: 4 })).toEqual(followed);
    const withCapacity = followedClass(course, ofClass, { withCapacity: true, version: 4 });
    expect(withCapacity).toEqual({ ...followed, capacity: 50 });
  });

  it('that has it all, or is cancelled, stays as it is', () => {
    const options = { withCapacity: false, version: 4 };
    expect(followedClass(course, courseState({ title: 'Other' }), options)).toBeUndefined();
    const cancelled = { ...course, status: 'cancelled' as const };
    expect(followedClass(cancelled, courseState(classFields), options)).toBeUndefined();
  });
});

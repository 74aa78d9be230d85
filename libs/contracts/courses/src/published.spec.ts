import { expect, it } from 'vitest';
import { courseState } from './course.ts';
import { courseCreated, semesterUpdated } from './events.ts';
import * as examples from './examples.ts';
import { wholeCourse, wholeSemester } from './published.ts';
import { semester } from './semester.ts';

const {
  enrolledCount: _e,
  waitlistedCount: _w,
  seatsAvailable: _s,
  instructors: _i,
  ...state
} = examples.course;

/** As the versions before wrote it. */
function without(whole: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(whole).filter(([name]) => !names.includes(name)));
}

const earlierCourse = without(state, [
  'enrollmentClosesAt',
  'dropDeadlineAt',
  'withdrawDeadlineAt',
  'requirement',
  'restriction',
  'consent',
  'reservations',
  'linked',
  'crossListedOf',
  'minCredits',
]);
const earlierSemester = without(examples.semester, ['tickets', 'holidays', 'pausedAt']);

it('an event of a course is read as it is now, and as earlier versions published it', () => {
  for (const course of [state, earlierCourse])
    expect(courseCreated.schema.parse({ course, actorId: 'usr_a' })).toEqual({ course, actorId: 'usr_a' });
  const { course } = courseCreated.schema.parse({ course: earlierCourse, actorId: 'usr_a' });
  const none = { enrollmentClosesAt: null, dropDeadlineAt: null, withdrawDeadlineAt: null };
  const plain = { consent: 'none', reservations: [], linked: [], crossListedOf: null, minCredits: null };
  const rules = { requirement: null, restriction: null };
  expect(wholeCourse(course)).toEqual({ ...earlierCourse, ...none, ...rules, ...plain });
  expect(courseState.safeParse(wholeCourse(course)).success).toBe(true);
});

it('an event of a semester is read as it is now, and as earlier versions published it', () => {
  for (const each of [examples.semester, earlierSemester])
    expect(semesterUpdated.schema.parse({ semester: each, actorId: 'usr_a' }).semester).toEqual(each);
  const read = semesterUpdated.schema.parse({ semester: earlierSemester, actorId: 'usr_a' }).semester;
  expect(wholeSemester(read)).toEqual({ ...earlierSemester, tickets: [], holidays: [], pausedAt: null });
  expect(semester.safeParse(wholeSemester(read)).success).toBe(true);
});

it('what is whole stays as it is', () => {
  expect(wholeCourse(courseState.parse(state))).toEqual(state);
  expect(wholeSemester(semester.parse(examples.semester))).toEqual(examples.semester);
});

it('an event still has no members that are not known', () => {
  expect(courseCreated.schema.safeParse({ course: { ...state, more: 1 }, actorId: 'a' }).success).toBe(false);
});

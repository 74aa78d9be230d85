import { describe, expect, it } from 'vitest';
import { course, courseState } from './course.ts';
import { newCourseDefaults } from './course-request.rules.ts';
import { courseListQuery, createCourseRequest, patchCourseRequest } from './http.ts';
import { putSemesterRequest } from './put-semester.ts';
import { semester } from './semester.ts';

const asked = {
  semesterId: '2026-fall',
  departmentId: 'CS',
  code: 'CS 101',
  title: 'Programming',
  credits: 3,
  capacity: 0,
};
const meeting = { day: 'mon', start: '09:00', end: '10:00', room: 'A 1' };

function faults(
  schema: { safeParse(value: unknown): { error?: { issues: { path: PropertyKey[] }[] } } },
  value: unknown,
) {
  return (schema.safeParse(value).error?.issues ?? []).map(({ path }) => path.join('.'));
}

describe('a new course', () => {
  it('has the defaults of the contract', () => {
    expect(createCourseRequest.parse(asked)).toEqual({
      ...asked,
      section: '1',
      component: 'lecture',
      topic: null,
      description: '',
      prerequisites: [],
      enrollmentClosesAt: null,
      dropDeadlineAt: null,
      withdrawDeadlineAt: null,
      requirement: null,
      restriction: null,
      consent: 'none',
      linked: [],
      crossListedOf: null,
      minCredits: null,
    });
    expect(newCourseDefaults).toEqual({
      instructorIds: [],
      waitlistCapacity: 0,
      meetings: [],
      status: 'open',
      reservations: [],
    });
  });

  it.each([
    [{ capacity: 10_000, waitlistCapacity: 1_000, credits: 30, section: '1234567890' }, []],
    [{ capacity: 10_001 }, ['capacity']],
    [{ capacity: 1.5 }, ['capacity']],
    [{ waitlistCapacity: 1_001 }, ['waitlistCapacity']],
    [{ credits: 0.5 }, []],
    [{ credits: 0.25 }, []],
    [{ credits: 29.75 }, []],
    [{ credits: 0.2 }, ['credits']],
    [{ credits: -0.25 }, ['credits']],
    [{ credits: 30.5 }, ['credits']],
    [{ credits: '3' }, ['credits']],
    [{ code: 'A'.repeat(20) }, []],
    [{ code: 'A'.repeat(21) }, ['code']],
    [{ code: 'M&E 101', prerequisites: ['A/B-1', '&', '/'] }, []],
    [{ code: 'CS_1' }, ['code']],
    [{ code: ' CS 1' }, ['code']],
    [{ code: 'M\\E 1' }, ['code']],
    [{ code: '' }, ['code']],
    [{ section: '' }, ['section']],
    [{ title: 'x'.repeat(200), description: 'x'.repeat(12_000) }, []],
    [{ title: 'x'.repeat(201), description: 'x'.repeat(12_001) }, ['title', 'description']],
    [{ meetings: Array(30).fill(meeting) }, []],
    [{ meetings: Array(31).fill(meeting) }, ['meetings']],
    [{ meetings: [{ ...meeting, end: '09:00' }] }, ['meetings.0.end']],
    [{ meetings: [{ ...meeting, day: 'monday', start: '9:00' }] }, ['meetings.0.day', 'meetings.0.start']],
    [{ prerequisites: Array(21).fill('CS-1') }, ['prerequisites']],
    [{ instructorIds: Array(21).fill('usr_1') }, ['instructorIds']],
    [{ semesterId: 'x'.repeat(41) }, ['semesterId']],
    [{ status: 'cancelled' }, ['status']],
    [{ status: 'draft' }, []],
  ])('with %j has the faults %j', (fields, expected) => {
    expect(faults(createCourseRequest, { ...asked, ...fields })).toEqual(expected);
  });
});

it('a change takes any of the fields but semester and department, and nothing else', () => {
  expect(patchCourseRequest.parse({})).toEqual({});
  expect(patchCourseRequest.parse({ status: 'cancelled' })).toEqual({ status: 'cancelled' });
  for (const field of ['semesterId', 'departmentId', 'crossListedOf', 'id', 'version', 'enrolledCount'])
    expect(patchCourseRequest.safeParse({ [field]: 'x' }).success).toBe(false);
});

it('a list has 25 items where nothing is said, and 1 to 100', () => {
  expect(courseListQuery.parse({})).toEqual({ sort: 'code', limit: 25 });
  expect(courseListQuery.parse({ limit: '100' }).limit).toBe(100);
  for (const limit of ['0', '101', '', 'x', '2.5'])
    expect(courseListQuery.safeParse({ limit }).success).toBe(false);
});

it('a semester names the order of its times beside every other fault', () => {
  const faulty = {
    name: '',
    startsOn: '2026-12-01',
    endsOn: '2026-12-01',
    enrollmentOpensAt: '2026-01-02T00:00:00.5Z',
    enrollmentClosesAt: '2026-01-02T00:00:00Z',
    dropDeadlineAt: '2026-03-01T00:00:00',
    withdrawDeadlineAt: '2026-02-01T00:00:00Z',
    creditLimit: -1,
  };
  const paths = [
    'creditLimit',
    'current',
    'dropDeadlineAt',
    'dropDeadlineAt',
    'endsOn',
    'enrollmentClosesAt',
    'name',
  ];
  expect(faults(putSemesterRequest, faulty).sort()).toEqual(paths);
});

const times = {
  name: 'Spring',
  startsOn: '2027-01-10',
  endsOn: '2027-05-20',
  enrollmentOpensAt: '2026-12-01T00:00:00Z',
  enrollmentClosesAt: '2027-03-14T01:59:59-05:00',
  dropDeadlineAt: '2027-03-14T12:29:59.1234+05:30',
  withdrawDeadlineAt: '2027-03-14T06:59:59.999Z',
  creditLimit: 60,
  current: false,
};

it('a semester takes times with any offset, as the same moment in UTC with milliseconds', () => {
  expect(putSemesterRequest.parse(times)).toMatchObject({
    enrollmentOpensAt: '2026-12-01T00:00:00.000Z',
    enrollmentClosesAt: '2027-03-14T06:59:59.000Z',
    dropDeadlineAt: '2027-03-14T06:59:59.123Z',
    withdrawDeadlineAt: '2027-03-14T06:59:59.999Z',
  });
  expect(semester.shape.enrollmentClosesAt.safeParse('2027-03-14T06:59:59.000Z').success).toBe(true);
});

it('a semester refuses what is no moment, or one in a year that RFC 3339 cannot say', () => {
  for (const at of [
    '2027-03-14',
    '2027-03-14T01:59:59',
    '2027-03-14T01:59:59 -05:00',
    '2027-02-30T00:00:00Z',
    '9999-12-31T23:59:59-05:00',
    '0000-01-01T00:00:00+00:01',
    '',
    0,
  ])
    expect([at, faults(putSemesterRequest, { ...times, enrollmentOpensAt: at })[0]]).toEqual([
      at,
      'enrollmentOpensAt',
    ]);
});

it('the order of times is that of their moments, whatever their offsets', () => {
  const closes = {
    enrollmentOpensAt: '2027-03-14T01:00:00-05:00',
    enrollmentClosesAt: '2027-03-14T06:00:00Z',
  };
  expect(faults(putSemesterRequest, { ...times, ...closes })).toEqual(['enrollmentClosesAt']);
});

it('a course is its state, its counts and the names of its instructors', () => {
  const added = ['enrolledCount', 'waitlistedCount', 'seatsAvailable', 'instructors'];
  expect(Object.keys(course.shape)).toEqual([...Object.keys(courseState.shape), ...added]);
});

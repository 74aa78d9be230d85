import { describe, expect, it } from 'vitest';
import { course, courseState } from './course.ts';
import { courseListQuery, createCourseRequest, patchCourseRequest, putSemesterRequest } from './http.ts';

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
      description: '',
      instructorIds: [],
      waitlistCapacity: 0,
      meetings: [],
      prerequisites: [],
      status: 'open',
    });
  });

  it.each([
    [{ capacity: 10_000, waitlistCapacity: 1_000, credits: 30, section: '1234567890' }, []],
    [{ capacity: 10_001 }, ['capacity']],
    [{ capacity: 1.5 }, ['capacity']],
    [{ waitlistCapacity: 1_001 }, ['waitlistCapacity']],
    [{ credits: 0.5 }, []],
    [{ credits: 0.25 }, ['credits']],
    [{ credits: 30.5 }, ['credits']],
    [{ credits: '3' }, ['credits']],
    [{ code: 'A'.repeat(20) }, []],
    [{ code: 'A'.repeat(21) }, ['code']],
    [{ code: 'CS_1' }, ['code']],
    [{ code: '' }, ['code']],
    [{ section: '' }, ['section']],
    [{ title: 'x'.repeat(200), description: 'x'.repeat(5_000) }, []],
    [{ title: 'x'.repeat(201), description: 'x'.repeat(5_001) }, ['title', 'description']],
    [{ meetings: Array(10).fill(meeting) }, []],
    [{ meetings: Array(11).fill(meeting) }, ['meetings']],
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
  for (const field of ['semesterId', 'departmentId', 'id', 'version', 'enrolledCount'])
    expect(patchCourseRequest.safeParse({ [field]: 'x' }).success).toBe(false);
});

it('a list has 25 items where nothing is said, and 1 to 100', () => {
  expect(courseListQuery.parse({})).toEqual({ limit: 25 });
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
    dropDeadlineAt: '2026-03-01T00:00:00+01:00',
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

it('a course is its state and its counts', () => {
  const counts = ['enrolledCount', 'waitlistedCount', 'seatsAvailable'];
  expect(Object.keys(course.shape)).toEqual([...Object.keys(courseState.shape), ...counts]);
});

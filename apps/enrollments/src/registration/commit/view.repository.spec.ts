import type { BatchKey, Dynamo } from '@registrar/dynamodb';
import { describe, expect, it } from 'vitest';
import { maxEnded } from '../../enrollment/student-entries.rules.ts';
import type { OfferingCache } from '../../enrollment/store/offering-cache.ts';
import type { StudentRecords } from '../../enrollment/student-record/student-records.ts';
import { offeringOf, recordOf, seatsOf } from '../../enrollment/testing/builders.ts';
import { ViewRepository } from './view.repository.ts';

const key = { userId: 'usr_a', courseIds: ['crs_a'], requestId: 'request' };
const seats = { course_id: 'crs_a', semester_id: 'fall', status: 'open', version: 1, course_version: 1 };
const entry = {
  enrollmentId: 'enr_a',
  courseId: 'crs_a',
  code: 'A',
  credits: 3,
  status: 'dropped',
  version: 2,
};
const taken = { user_id: 'usr_a', semester_id: 'fall', version: 2, entries: [entry] };
const enrollment = { id: 'enr_a', user_id: 'usr_a', course_id: 'crs_a', status: 'dropped', version: 2 };
const record = { id: 'request', fingerprint: 'f', answer: '{}', expires_at: 1e12 };

/** A repository on a store that holds `items` by `table/key`, and what it asked for, call by call. */
function reading(items: Record<string, object>, prerequisites: string[] = [], waitlist: object[] = []) {
  const calls: string[][] = [];
  const addressOf = ({ table, key: parts }: BatchKey) => [table, ...Object.values(parts)].join('/');
  const dynamo = {
    tables: { name: (table: string) => table },
    query: () => Promise.resolve({ items: waitlist }),
    batchGet(keys: BatchKey[]) {
      if (keys.length > 0) calls.push(keys.map(addressOf));
      return Promise.resolve(keys.map((each) => items[addressOf(each)]));
    },
  };
  const offering = offeringOf('crs_a', { semesterId: 'fall', prerequisites });
  const offerings = { known: () => offering, atVersion: () => Promise.resolve(offering) };
  const records = {
    formerKey: (userId: string) => ({
      table: 'student_semesters',
      key: { user_id: userId, semester_id: '#completed' },
    }),
    takeOver: (userIds: string[]) =>
      Promise.resolve(new Map(userIds.map((userId) => [userId, recordOf(userId, { level: 'taken over' })]))),
  };
  const views = new ViewRepository(
    dynamo as unknown as Dynamo,
    offerings as unknown as OfferingCache,
    records as unknown as StudentRecords,
  );
  return { views, calls };
}

const about = ['course_seats/crs_a', 'semesters/fall', 'student_semesters/usr_a/fall', 'students/usr_a'];

describe('what is read for a group', () => {
  it('is, for newcomers, the course, their semesters and their records, in one call', async () => {
    const { views, calls } = reading({ 'course_seats/crs_a': seats });
    const { students, records } = await views.read('crs_a', [key]);
    expect(calls).toEqual([about]);
    expect([students[0]?.enrollmentIn('crs_a'), records.size]).toEqual([undefined, 0]);
  });

  it('is also the enrollment and the kept answer of who has, or had, a place', async () => {
    const { views, calls } = reading({
      'course_seats/crs_a': seats,
      'student_semesters/usr_a/fall': taken,
      'enrollments/enr_a': enrollment,
      'idempotent_requests/request': record,
    });
    const { students, records } = await views.read('crs_a', [key, { userId: 'usr_b', courseIds: ['crs_a'] }]);
    expect(calls).toEqual([
      [...about, 'student_semesters/usr_b/fall', 'students/usr_b'],
      ['enrollments/enr_a', 'idempotent_requests/request'],
    ]);
    expect(students.map((student) => student.enrollmentIn('crs_a')?.version)).toEqual([2, undefined]);
    expect(records.get('request')).toMatchObject({ fingerprint: 'f' });
  });

  it('is also the enrollment of who has ended so many that the oldest may have no entry', async () => {
    const entries = Array.from({ length: maxEnded }, (_, at) => ({ ...entry, courseId: `crs_${at}` }));
    const { views, calls } = reading({
      'course_seats/crs_a': seats,
      'student_semesters/usr_a/fall': { ...taken, entries },
      'enrollments/enr_a_a': { ...enrollment, id: 'enr_a_a' },
    });
    const { students } = await views.read('crs_a', [key]);
    expect(calls).toEqual([about, ['enrollments/enr_a_a', 'idempotent_requests/request']]);
    expect(students[0]?.enrollmentIn('crs_a')?.version).toBe(2);
  });

  it('is also what earlier versions noted as completed, where the course has prerequisites', async () => {
    const completed = 'student_semesters/usr_a/#completed';
    const { views, calls } = reading(
      { 'course_seats/crs_a': seats, [completed]: { codes: new Set(['B']) } },
      ['B'],
    );
    const { students } = await views.read('crs_a', [key]);
    expect(calls).toEqual([about, [completed]]);
    expect(students[0]?.record.level).toBe('taken over');
  });

  it('is no student where there is no course', async () => {
    const { views, calls } = reading({});
    expect(await views.read('crs_a', [key])).toMatchObject({ course: undefined, students: [] });
    expect(calls).toHaveLength(1);
  });
});

describe('who waits for a course', () => {
  const places = [4, 6].map((ticket) => ({
    course_id: 'crs_a',
    ticket,
    user_id: `usr_${ticket}`,
    told: true,
  }));
  const waiting = (waitlistedCount: number, kept: number) =>
    reading({}, [], places).views.waiting(
      seatsOf('crs_a', { waitlistedCount, promotion: { after: 3, kept } }),
      20,
    );

  it('is whole where the seats count as many, beside those that keep their place before', async () => {
    const { places: found, isWhole } = await waiting(5, 3);
    expect([found.map(({ ticket }) => ticket), isWhole]).toEqual([[4, 6], true]);
  });

  it.each([
    [6, 3],
    [4, 3],
  ])('is read in the middle of a commit where the seats count %i, %i of them before', async (count, kept) => {
    expect(await waiting(count, kept)).toEqual({ places: [], isWhole: false });
  });
});

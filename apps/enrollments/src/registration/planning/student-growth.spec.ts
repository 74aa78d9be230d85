import { describe, expect, it } from 'vitest';
import { splitHistory } from '../../history/history-split.rules.ts';
import type { EnrollmentRecord, StudentSemester } from '../../enrollment/enrollment.types.ts';
import { enrollmentItem, studentSemesterItem } from '../../enrollment/store/enrollment.codec.ts';
import { maxCurrent, maxEnded } from '../../enrollment/student-entries.rules.ts';
import {
  campus,
  recordOf,
  now,
  offeringOf,
  seatsOf,
  semesterRules,
} from '../../enrollment/testing/builders.ts';
import { dropping, enrolling } from '../testing/changes.ts';
import { CoursePlan } from './course-plan.ts';
import { answerOf } from './change-answers.ts';
import { judgeChangeSet } from './judge-changes.ts';
import { StudentPlan } from './student-plan.ts';

const actor = { id: 'usr_01890a5d-ac96-774b-bcce-b302099a8057', role: 'student' } as const;
const nothing: StudentSemester = {
  userId: actor.id,
  semesterId: 'spring',
  version: 0,
  entries: [],
  retryDue: false,
};
const nameOf = (at: number) => `crs_01890a5d-ac96-774b-bcce-${String(at).padStart(12, '0')}`;
const offering = (at: number) => offeringOf(nameOf(at), { code: `SUBJECT-${at}`, credits: 0 });
/** JSON is longer than what the store counts: it names and quotes the same, and adds punctuation. */
const bytesOf = (item: object) => Buffer.byteLength(JSON.stringify(item));
const sizeOf = (student: StudentSemester) => bytesOf(studentSemesterItem(student, { shard: '0', at: 1e12 }));

interface Step {
  take?: boolean;
  record?: EnrollmentRecord | undefined;
  capacity?: number;
}

/** One request of the student about one course; `record` is the enrollment there as the store has it. */
function step(student: StudentSemester, at: number, { take = true, record, capacity = 2 }: Step) {
  const course = new CoursePlan(seatsOf(nameOf(at), { capacity }), offering(at), semesterRules());
  const plan = new StudentPlan(
    student,
    new Map(record ? [[nameOf(at), record]] : []),
    recordOf(student.userId),
  );
  const set = take ? enrolling(nameOf(at), actor.id) : dropping(nameOf(at), actor.id);
  const results = judgeChangeSet(set, new Map([[nameOf(at), course]]), plan, {
    now,
    campus,
    offerings: new Map(),
  });
  const answer = 'refusal' in results ? results : answerOf(results);
  return { student: plan.now, record: plan.enrollmentIn(nameOf(at)), answer };
}

function takenAndDropped(student: StudentSemester, at: number) {
  const taken = step(student, at, {});
  return step(taken.student, at, { take: false, record: taken.record });
}

describe("a student's semester", () => {
  it('stays small through 10,000 takes and drops of different courses', () => {
    let student = nothing;
    let largest = 0;
    for (let at = 0; at < 10_000; at += 1) {
      ({ student } = takenAndDropped(student, at));
      largest = Math.max(largest, sizeOf(student));
    }
    expect(student.version).toBe(20_000);
    expect(student.entries).toHaveLength(maxEnded);
    expect(student.entries.at(-1)).toMatchObject({ courseId: nameOf(9_999), status: 'dropped', version: 2 });
    expect(largest).toBeLessThan(30_000);
  });

  it('keeps every seat and waiting place, whatever ends after them', () => {
    let { student } = step(nothing, 0, {});
    ({ student } = step(student, 1, { capacity: 0 }));
    for (let at = 2; at < 500; at += 1) ({ student } = takenAndDropped(student, at));
    const current = student.entries.filter(({ status }) => status !== 'dropped');
    expect(current).toEqual([
      expect.objectContaining({ courseId: nameOf(0), status: 'enrolled' }),
      expect.objectContaining({ courseId: nameOf(1), status: 'waitlisted' }),
    ]);
    expect(student.entries).toHaveLength(maxEnded + current.length);
  });

  it('takes a course up again under its id, though its entry has gone', () => {
    const first = takenAndDropped(nothing, 0);
    let { student } = first;
    for (let at = 1; at <= maxEnded; at += 1) ({ student } = takenAndDropped(student, at));
    expect(student.entries.some(({ courseId }) => courseId === nameOf(0))).toBe(false);
    const again = step(student, 0, { record: first.record });
    expect(again.record).toMatchObject({ id: first.record?.id, version: 3, status: 'enrolled' });
    expect(again.record?.history.map(({ action }) => action)).toEqual(['enrolled', 'dropped', 'enrolled']);
    expect(again.student.entries.at(-1)).toMatchObject({ courseId: nameOf(0), version: 3 });
  });

  it.each([
    ['seats', 2, 'credit_limit_exceeded'],
    ['waiting places', 0, 'waitlist_full'],
  ])('takes no more than a fixed number of %s', (_what, capacity, code) => {
    let student = nothing;
    for (let at = 0; at < maxCurrent; at += 1) ({ student } = step(student, at, { capacity }));
    const { answer, student: after } = step(student, maxCurrent, { capacity });
    expect(answer).toMatchObject({ status: 409, refusal: { code } });
    expect(after.entries).toHaveLength(maxCurrent);
    expect(sizeOf(after)).toBeLessThan(60_000);
  });
});

describe('an enrollment', () => {
  it('stays small through 10,000 takes and drops, with nothing lost of its history', () => {
    let student = nothing;
    let record: EnrollmentRecord | undefined;
    const moved: string[] = [];
    let largest = 0;
    for (let at = 0; at < 20_000; at += 1) {
      ({ student, record } = step(student, 0, { take: at % 2 === 0, record }));
      if (!record) throw new Error('there is an enrollment');
      const split = splitHistory(record);
      record = split.kept;
      moved.push(...(split.moved?.entries ?? []).map(({ action }) => action));
      largest = Math.max(largest, bytesOf(enrollmentItem(record)));
    }
    const actions = [...moved, ...(record?.history ?? []).map(({ action }) => action)];
    expect(actions).toEqual(Array.from({ length: 10_000 }, () => ['enrolled', 'dropped']).flat());
    expect(largest).toBeLessThan(3_000);
  });
});

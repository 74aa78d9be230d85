import { atVersion, shardOf } from '@registrar/dynamodb';
import type { Tables, TransactAction } from '@registrar/dynamodb';
import { outboxAction } from '@registrar/messaging';
import type { OutboxEntry } from '@registrar/messaging';
import { splitHistory } from '../../history/history-split.rules.ts';
import { historyItem, historyTable } from '../../history/history.codec.ts';
import { classPlansOf } from '../planning/course-plan.ts';
import type { CoursePlan, PlaceChange } from '../planning/course-plan.ts';
import type { PlannedEnrollment, StudentPlan } from '../planning/student-plan.ts';
import { promotionState } from '../../enrollment/enrollment-window.rules.ts';
import { enrollmentItem, placeItem, studentSemesterItem } from '../../enrollment/store/enrollment.codec.ts';
import { graceMs, pendingMark } from '../../enrollment/store/pending.rules.ts';
import { seatsItem } from '../../enrollment/store/seats.codec.ts';
import { studentPut } from '../../enrollment/student-record/student-record.codec.ts';
import { permitUsedAction } from '../../enrollment/student-record/permit-use.ts';
import { outboxOf } from './events.ts';
import type { CommitMoment } from './events.ts';
import { auditOf } from './staff-records.ts';

/** Whose the fault is when the condition of an action does not hold; a course is that of a class. */
export type Owner =
  | { kind: 'course'; courseId: string }
  | { kind: 'student'; userId: string }
  | { kind: 'record'; requestId: string };

/** One action of a commit, and whom its failure concerns. */
export interface OwnedAction {
  action: TransactAction;
  owner: Owner;
}

/** What a commit writes: the actions of its plans, and what it publishes. */
interface CommitActions {
  actions: OwnedAction[];
  outbox: OutboxEntry[];
}

/**
 * The actions that write `courses` and `students` as their plans have them. Every item that is written was read, and
 * is written on the condition that it is still as it was read. An item that stays as it is, but was relied on for
 * something that the commit leaves behind, is checked in the same way. That is what holds with any number of instances.
 *
 * A refusal relies on nothing: it was true when it was read, and leaves nothing behind but its own answer.
 */
export function commitActions(
  tables: Tables,
  courses: readonly CoursePlan[],
  students: Iterable<StudentPlan>,
  moment: CommitMoment,
): CommitActions {
  const { nowMs } = moment;
  const actions: OwnedAction[] = [];
  const outbox: OutboxEntry[] = [];
  for (const course of classPlansOf(courses)) {
    if (!course.isChanged) {
      if (course.isReliedOn) actions.push(seatsCheck(tables, course));
      continue;
    }
    actions.push(...courseActions(tables, course, nowMs));
    const entry = outboxOf(course, moment);
    if (!entry) continue;
    outbox.push(entry);
    actions.push({ action: outboxAction(tables, entry), owner: ownerOf(course) });
  }
  const all = [...students];
  for (const student of all) actions.push(...studentActions(tables, student, nowMs));
  const [course] = courses;
  const audit = auditOf(courses, all, moment);
  if (audit && course) {
    outbox.push(audit);
    actions.push({ action: outboxAction(tables, audit), owner: ownerOf(course) });
  }
  return { actions, outbox };
}

const ownerOf = (course: CoursePlan): Owner => ({ kind: 'course', courseId: course.before.courseId });

function courseActions(tables: Tables, course: CoursePlan, nowMs: number): OwnedAction[] {
  const { seats, semester } = course;
  const state = promotionState({ seats, semester, now: new Date(nowMs).toISOString() });
  const owner = ownerOf(course);
  const put = unchanged(
    tables.name('course_seats'),
    seatsItem(seats, pendingMark(seats, state, nowMs)),
    course.before.version,
  );
  return [
    { action: put, owner },
    ...course.places.map((change) => ({ action: placeAction(tables, change), owner })),
  ];
}

function seatsCheck(tables: Tables, course: CoursePlan): OwnedAction {
  const { courseId, version } = course.before;
  const check = isUnchanged(tables.name('course_seats'), { course_id: courseId }, version);
  return { action: check, owner: ownerOf(course) };
}

function placeAction(tables: Tables, change: PlaceChange): TransactAction {
  const TableName = tables.name('waitlist');
  if (change.kind === 'remove')
    return { Delete: { TableName, Key: { course_id: change.courseId, ticket: change.ticket } } };
  return { Put: { TableName, Item: placeItem(change.place) } };
}

function studentActions(tables: Tables, student: StudentPlan, nowMs: number): OwnedAction[] {
  const owner: Owner = { kind: 'student', userId: student.userId };
  if (student.changes.length === 0) {
    if (!student.isReliedOn) return [];
    const { userId, semesterId, version } = student.before;
    const key = { user_id: userId, semester_id: semesterId };
    return [{ action: isUnchanged(tables.name('student_semesters'), key, version), owner }];
  }
  const pending = student.retryDue ? { shard: shardOf(student.userId), at: nowMs + graceMs } : undefined;
  const semester = unchanged(
    tables.name('student_semesters'),
    studentSemesterItem(student.now, pending),
    student.before.version,
  );
  const enrollments = student.changes.flatMap((change) => enrollmentActions(tables, change));
  const record = student.isRecordChanged
    ? [studentPut(tables, student.record, new Date(nowMs).toISOString())]
    : [];
  const permits = student.usedPermits.map((use) => permitUsedAction(tables, use));
  return [semester, ...enrollments, ...record, ...permits].map((action) => ({ action, owner }));
}

/** The enrollment, and a row for the oldest part of its history where that has grown too long. */
function enrollmentActions(tables: Tables, { before, now }: PlannedEnrollment): TransactAction[] {
  const { kept, moved } = splitHistory(now);
  const put = unchanged(tables.name('enrollments'), enrollmentItem(kept), before?.version ?? 0);
  if (!moved) return [put];
  return [put, { Put: { TableName: tables.name(historyTable), Item: { ...historyItem(moved) } } }];
}

/** A put on the condition that the item still has the version that was read; 0 is none. */
function unchanged(TableName: string, Item: object, version: number): TransactAction {
  return { Put: { TableName, Item: { ...Item }, ...atVersion(version) } };
}

/** A check, without a write, that the item still has the version that was read. */
function isUnchanged(TableName: string, Key: Record<string, string>, version: number): TransactAction {
  return { ConditionCheck: { TableName, Key, ...atVersion(version) } };
}

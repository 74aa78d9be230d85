import type { CourseState } from '@registrar/contracts-courses';
import { amendmentsOf } from '../snapshot/amendments.ts';
import { classOf } from '../snapshot/classes.ts';
import { factsByStudent, holdsSeat, takesSeat } from '../snapshot/facts.ts';
import type { EnrollmentRow, EntryRow, Fact, Snapshot } from '../snapshot/snapshot.ts';
import type { Verdict } from './invariant.ts';
import { invariant } from './invariant.ts';
import { meet, Timetable } from './meetings.rules.ts';
import type { Meetings } from './meetings.rules.ts';
import { SetAside } from './set-aside.rules.ts';

/** What a student has in one course. */
interface Held {
  enrollmentId: string;
  courseId: string;
  /** Code, component and topic. */
  subject: string;
  credits: number;
  status: string;
  /** Of all codes of one class. */
  classId: string;
  /** Given up for this seat, where the student waits for it. */
  dropOnPromotion: string | null;
  /** Whether that was changed once: the events do not say when, and nobody judges it before the promotion. */
  isAmended: boolean;
  meetings: Meetings;
}

/** What the changes of all students are judged by. */
interface Terms {
  readonly snapshot: Snapshot;
  readonly timetable: Timetable;
  readonly setAside: SetAside;
  /** Students for whom a rule was set aside. */
  readonly excepted: Set<string>;
}

/** No student had what the rules forbid, at any point of the own history and at its end. */
export const schedules = invariant(
  'schedules',
  'no student twice in a course, over credits or in two places at once, at any point',
  checkSchedules,
);

function checkSchedules(snapshot: Snapshot, verdict: Verdict): void {
  const timetable = new Timetable(snapshot.copies);
  const excepted = new Set<string>();
  const terms: Terms = { snapshot, timetable, setAside: new SetAside(snapshot), excepted };
  for (const [userId, own] of factsByStudent(snapshot.facts)) {
    const held = new Map<string, Held>();
    for (const commit of Map.groupBy(own, ({ data }) => data.studentVersion).values()) {
      for (const { data } of commit) held.set(data.enrollment.courseId, heldOf(data, snapshot));
      for (const fact of commit) {
        if (fact.data.override.length > 0) excepted.add(userId);
        if (takesSeat(fact) || fact.data.reason === 'credits_changed')
          judge(fact, [...held.values()], terms, verdict);
      }
      expectOneOfEachSubject(userId, [...held.values()], verdict);
    }
  }
  checkEnds(terms, verdict);
}

function heldOf({ enrollment, course }: Fact['data'], { courses, enrollments }: Snapshot): Held {
  const { id: enrollmentId, courseId, courseCode, credits, status, dropOnPromotion = null } = enrollment;
  const subject = subjectOf(courseCode, courses.get(courseId));
  const classId = classOf(courses, courseId);
  const isAmended = amendmentsOf(enrollments.get(enrollmentId) ?? { history: [] }) > 0;
  const { meetings } = course;
  return { enrollmentId, courseId, classId, subject, credits, status, dropOnPromotion, isAmended, meetings };
}

/** What is taught: sections of one subject are not taken together. */
export function subjectOf(
  code: string,
  course: Pick<CourseState, 'component' | 'topic'> | undefined,
): string {
  const parts = [code.toUpperCase(), course?.component ?? 'lecture', course?.topic ?? ''];
  return parts.filter((part) => part !== '').join(' ');
}

/** What held when a seat was taken, unless a registrar set just that rule aside. */
function judge(
  fact: Fact,
  all: readonly Held[],
  { snapshot: { creditLimit }, timetable, setAside }: Terms,
  verdict: Verdict,
): void {
  const { data } = fact;
  const { enrollment } = data;
  const override = setAside.of(fact);
  const seated = all.filter(holdsSeatOf);
  const where = `${enrollment.userId} with ${enrollment.id} (event ${data.sequence})`;
  const credits = seated.reduce((sum, each) => sum + each.credits, 0);
  verdict.expect(
    credits <= creditLimit || override.has('credit_limit_exceeded'),
    () => `${where} has ${credits} credits of ${creditLimit}`,
    enrollment.courseId,
  );
  if (!takesSeat(fact)) return;
  const at = Date.parse(data.occurredAt);
  const { courseId } = enrollment;
  const published = timetable.around(courseId, at);
  const clash = seated.find(
    (each) =>
      each.courseId !== courseId &&
      (alwaysMeet(timesOf(each, timetable, at), [data.course.meetings]) ||
        alwaysMeet(timetable.around(each.courseId, at), published)),
  );
  verdict.expect(
    !clash || override.has('time_conflict'),
    () => `${where} is in ${clash?.courseId} at the same time`,
    enrollment.courseId,
  );
}

/** Whether two courses met by whichever times a decision went by. */
function alwaysMeet(ours: readonly Meetings[], theirs: readonly Meetings[]): boolean {
  const pairs = ours.flatMap((one) => theirs.map((other) => meet(one, other)));
  return pairs.length > 0 && pairs.every(Boolean);
}

/** When a course met at that moment: a registrar may have moved it since its student's last change. */
function timesOf({ courseId, meetings }: Held, timetable: Timetable, at: number): Meetings[] {
  return timetable.wasMoved(courseId) ? timetable.around(courseId, at) : [meetings];
}

/** One section of each subject, and one code of each class; who waits for another one gives the first up for it. */
function expectOneOfEachSubject(userId: string, all: readonly Held[], verdict: Verdict): void {
  const current = all.filter(({ status }) => holdsSeat(status) || status === 'waitlisted');
  const ofSubjects = Map.groupBy(current, ({ subject }) => subject).values();
  const ofClasses = Map.groupBy(current, ({ classId }) => classId).values();
  for (const own of [...ofSubjects, ...ofClasses]) {
    const [first] = own;
    const other = own.find((each) => each !== first && first && !isExchange(first, each));
    verdict.expect(
      other === undefined,
      () => `${userId} is in two sections of ${other?.subject}: ${first?.courseId} and ${other?.courseId}`,
      other?.courseId,
    );
  }
}

/** Whether one of the places is given up for the other one, or was until its student changed that. */
function isExchange(one: Held, other: Held): boolean {
  const givesUp = (waits: Held, { enrollmentId }: Held) =>
    waits.dropOnPromotion === enrollmentId || (waits.isAmended && waits.status === 'waitlisted');
  return givesUp(one, other) || givesUp(other, one);
}

/** The same of the rows, by the offerings as they are at the end. */
function checkEnds(terms: Terms, verdict: Verdict): void {
  const { snapshot, excepted } = terms;
  for (const { userId, entries } of snapshot.students.values()) {
    const all = entries.map((entry) => endOf(entry, snapshot));
    expectOneOfEachSubject(userId, all, verdict);
    if (excepted.has(userId)) {
      verdict.note('students for whom a registrar set a rule aside');
      continue;
    }
    const seated = all.filter(holdsSeatOf);
    const credits = seated.reduce((sum, each) => sum + each.credits, 0);
    verdict.expect(
      credits <= snapshot.creditLimit,
      () => `${userId} ends with ${credits} credits of ${snapshot.creditLimit}`,
    );
    const clash = seated.find((one, at) =>
      seated.slice(at + 1).some((other) => meet(one.meetings, other.meetings) && isOwn(one, other, terms)),
    );
    verdict.expect(
      !clash,
      () => `${userId} ends in two places at once, one of them ${clash?.courseId}`,
      clash?.courseId,
    );
  }
}

function endOf(
  { enrollmentId, courseId, code, credits, status }: EntryRow,
  { courses, offerings, enrollments }: Snapshot,
): Held {
  const subject = subjectOf(code, courses.get(courseId));
  const { dropOnPromotion = null, history = [] } = enrollments.get(enrollmentId) ?? {};
  const { meetings = [] } = offerings.get(courseId) ?? {};
  const classId = classOf(courses, courseId);
  const isAmended = amendmentsOf({ history }) > 0;
  return { enrollmentId, courseId, classId, subject, credits, status, dropOnPromotion, isAmended, meetings };
}

/** Whether the student took the second of two seats when both courses had their times: no registrar moved one since. */
function isOwn(one: Held, other: Held, { snapshot, timetable }: Terms): boolean {
  const takenAt = Math.max(
    ...[one, other].map((each) => seatedAt(snapshot.enrollments.get(each.enrollmentId))),
  );
  return ![one, other].some(({ courseId }) => timetable.mayBeMovedSince(courseId, takenAt));
}

/** When a seat was taken, ms since the epoch. */
function seatedAt(row: EnrollmentRow | undefined): number {
  const taken = row?.history.findLast(
    ({ action, reason }) =>
      (action === 'enrolled' || action === 'promoted') &&
      reason !== 'credits_changed' &&
      reason !== 'completion_undone',
  );
  return Date.parse(taken?.at ?? '');
}

const holdsSeatOf = ({ status }: Held) => holdsSeat(status);

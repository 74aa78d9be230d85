import { factsByStudent, holdsSeat } from '../snapshot/facts.ts';
import type { Fact, Snapshot } from '../snapshot/snapshot.ts';
import type { Verdict } from './invariant.ts';
import { invariant } from './invariant.ts';
import { meet, Timetable } from './meetings.rules.ts';
import type { Meetings } from './meetings.rules.ts';

/** What a student has in one course. */
interface Held {
  courseId: string;
  code: string;
  credits: number;
  status: string;
  meetings: Meetings;
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
  for (const [userId, own] of factsByStudent(snapshot.facts)) {
    const held = new Map<string, Held>();
    for (const commit of Map.groupBy(own, ({ data }) => data.studentVersion).values()) {
      for (const { data } of commit) held.set(data.enrollment.courseId, heldOf(data));
      for (const fact of commit) {
        if (fact.data.override.length > 0) excepted.add(userId);
        if (takesSeat(fact))
          judge(fact, [...held.values()], { timetable, creditLimit: snapshot.creditLimit }, verdict);
      }
      expectOneOfEachCode(userId, [...held.values()], verdict);
    }
  }
  checkEnds(snapshot, { excepted, timetable }, verdict);
}

const takesSeat = ({ change }: Fact) => change === 'enrolled' || change === 'promoted';

function heldOf({ enrollment, course }: Fact['data']): Held {
  const { courseId, courseCode: code, credits, status } = enrollment;
  return { courseId, code, credits, status, meetings: course.meetings };
}

/** What held when a seat was taken, unless a registrar set just that rule aside. */
function judge(
  { data }: Fact,
  all: readonly Held[],
  { timetable, creditLimit }: { timetable: Timetable; creditLimit: number },
  verdict: Verdict,
): void {
  const { enrollment, override } = data;
  const seated = all.filter(holdsSeatOf);
  const where = `${enrollment.userId} with ${enrollment.id} (event ${data.sequence})`;
  const credits = seated.reduce((sum, each) => sum + each.credits, 0);
  verdict.expect(
    credits <= creditLimit || override.includes('credit_limit_exceeded'),
    () => `${where} has ${credits} credits of ${creditLimit}`,
    enrollment.courseId,
  );
  const at = Date.parse(data.occurredAt);
  const clash = seated.find(
    (each) =>
      each.courseId !== enrollment.courseId &&
      timesOf(each, timetable, at).every((times) => meet(times, data.course.meetings)),
  );
  verdict.expect(
    !clash || override.includes('time_conflict'),
    () => `${where} is in ${clash?.courseId} at the same time`,
    enrollment.courseId,
  );
}

/** When a course met at that moment: a registrar may have moved it since its student's last change. */
function timesOf({ courseId, meetings }: Held, timetable: Timetable, at: number): Meetings[] {
  return timetable.wasMoved(courseId) ? timetable.around(courseId, at) : [meetings];
}

function expectOneOfEachCode(userId: string, all: readonly Held[], verdict: Verdict): void {
  const codes = new Map<string, string>();
  for (const { courseId, code, status } of all) {
    if (!holdsSeat(status) && status !== 'waitlisted') continue;
    const other = codes.get(code.toUpperCase());
    verdict.expect(
      other === undefined,
      () => `${userId} is in two sections of ${code}: ${other} and ${courseId}`,
      courseId,
    );
    codes.set(code.toUpperCase(), courseId);
  }
}

/** The same of the rows, by the offerings as they are at the end. Who sat in a course that was moved stays in it. */
function checkEnds(
  snapshot: Snapshot,
  { excepted, timetable }: { excepted: ReadonlySet<string>; timetable: Timetable },
  verdict: Verdict,
): void {
  for (const { userId, entries } of snapshot.students.values()) {
    const all = entries.map(({ courseId, code, credits, status }) => {
      return { courseId, code, credits, status, meetings: snapshot.offerings.get(courseId)?.meetings ?? [] };
    });
    expectOneOfEachCode(userId, all, verdict);
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
    const unmoved = seated.filter(({ courseId }) => !timetable.wasMoved(courseId));
    const clash = unmoved.find((one, at) =>
      unmoved.slice(at + 1).some((other) => meet(one.meetings, other.meetings)),
    );
    verdict.expect(
      !clash,
      () => `${userId} ends in two places at once, one of them ${clash?.courseId}`,
      clash?.courseId,
    );
  }
}

const holdsSeatOf = ({ status }: Held) => holdsSeat(status);

import { countsUnder } from '../snapshot/classes.ts';
import { holdsSeat, inSequence } from '../snapshot/facts.ts';
import type { EnrollmentRow, Fact, SeatsRow, Snapshot } from '../snapshot/snapshot.ts';
import type { Verdict } from './invariant.ts';
import { invariant } from './invariant.ts';
import { CourseStates } from './meetings.rules.ts';

/**
 * A class has one capacity, one waitlist and one count of its students, whatever codes it is taken under. What each code
 * may take is part of that, and is counted beside it.
 */
export const crossLists = invariant(
  'cross-lists',
  'a class gives no more seats than it has, under all codes together, and each code is counted and shown as it is',
  checkCrossLists,
);

function checkCrossLists(snapshot: Snapshot, verdict: Verdict): void {
  const rows = Map.groupBy(snapshot.enrollments.values(), ({ classId }) => classId);
  const states = new CourseStates(snapshot.copies);
  for (const [classId, seats] of snapshot.seats) {
    if (Object.keys(seats.codes).length === 0) continue;
    checkRows(seats, rows.get(classId) ?? [], verdict);
    checkEvents(classId, snapshot.facts.get(classId) ?? [], states, verdict);
    checkShown(seats, snapshot, verdict);
  }
}

/** What the seats say of each code is what the enrollments under it are. */
function checkRows({ codes }: SeatsRow, all: readonly EnrollmentRow[], verdict: Verdict): void {
  for (const [courseId, code] of Object.entries(codes)) {
    const own = all.filter((row) => row.courseId === courseId);
    const counted = {
      enrolledCount: own.filter(({ status }) => holdsSeat(status)).length,
      completedCount: own.filter(({ status }) => status === 'completed').length,
      waitlistedCount: own.filter(({ status }) => status === 'waitlisted').length,
    };
    for (const [name, count] of Object.entries(counted)) {
      const kept = code[name as keyof typeof counted];
      verdict.expect(kept === count, () => `${courseId} has ${name} ${kept}, and ${count} rows`, courseId);
    }
  }
}

/** Each event has the capacities that the courses had, and the students of each code as the events before say. */
function checkEvents(classId: string, facts: readonly Fact[], states: CourseStates, verdict: Verdict): void {
  const seated = new Map<string, string>();
  for (const { data } of inSequence(facts)) {
    const { enrollment, counts, sequence, occurredAt } = data;
    if (holdsSeat(enrollment.status)) seated.set(enrollment.id, enrollment.courseId);
    else seated.delete(enrollment.id);
    const codes = Object.entries(counts.codes ?? {});
    for (const [courseId, { capacity }] of [[classId, counts] as const, ...codes]) {
      const known = states.around(courseId, Date.parse(occurredAt)).map((state) => state.capacity);
      verdict.expect(
        known.includes(capacity),
        () =>
          `event ${sequence} of ${classId} counts ${capacity} seats of ${courseId}, which has ${known.join()}`,
        courseId,
      );
    }
    for (const [courseId, { enrolledCount }] of codes) {
      const own = [...seated.values()].filter((id) => id === courseId).length;
      verdict.expect(
        own === enrolledCount,
        () =>
          `event ${sequence} of ${classId} says ${enrolledCount} are in it as ${courseId}; by the events it is ${own}`,
        courseId,
      );
    }
    if (enrollment.courseId !== classId) verdict.note('changes under another code of a class');
  }
}

/** Every code shows the one waitlist, and the students of the class or, with fewer seats than that, its own. */
function checkShown({ codes }: SeatsRow, snapshot: Snapshot, verdict: Verdict): void {
  for (const shown of snapshot.coursesShown) {
    if (!codes[shown.courseId]) continue;
    const expected = countsUnder(snapshot, shown.courseId);
    verdict.expect(
      expected?.enrolledCount === shown.enrolledCount && expected.waitlistedCount === shown.waitlistedCount,
      () =>
        `${shown.via} shows ${shown.courseId} with ${shown.enrolledCount} + ${shown.waitlistedCount}; ` +
        `its class has ${expected?.enrolledCount} + ${expected?.waitlistedCount}`,
      shown.courseId,
    );
  }
}

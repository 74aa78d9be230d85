import { holdsSeat, inSequence } from '../snapshot/facts.ts';
import type { EnrollmentRow, Fact, PlaceRow, Snapshot } from '../snapshot/snapshot.ts';
import type { Verdict } from './invariant.ts';
import { invariant } from './invariant.ts';

/** The stored counts equal the number of rows. */
export const counts = invariant(
  'counts',
  'counts equal the rows, and those in each event the events before it',
  checkCounts,
);

function checkCounts(snapshot: Snapshot, verdict: Verdict): void {
  const rows = Map.groupBy(snapshot.enrollments.values(), ({ classId }) => classId);
  const places = Map.groupBy(snapshot.places, ({ classId }) => classId);
  for (const [courseId, seats] of snapshot.seats) {
    const own = rows.get(courseId) ?? [];
    const counted = {
      enrolledCount: own.filter(({ status }) => holdsSeat(status)).length,
      completedCount: own.filter(({ status }) => status === 'completed').length,
      waitlistedCount: own.filter(({ status }) => status === 'waitlisted').length,
    };
    for (const [name, count] of Object.entries(counted)) {
      const kept = seats[name as keyof typeof counted];
      verdict.expect(kept === count, () => `${courseId} has ${name} ${kept}, and ${count} rows`, courseId);
    }
    const tickets = own.flatMap(({ id, ticket }) => (ticket === null ? [] : [`${ticket} ${id}`])).sort();
    const waiting = (places.get(courseId) ?? [])
      .map((place) => `${place.ticket} ${own.find((row) => isOf(row, place))?.id}`)
      .sort();
    verdict.expect(
      tickets.join() === waiting.join(),
      () => `the waitlist of ${courseId} is [${waiting.join()}], and its enrollments say [${tickets.join()}]`,
      courseId,
    );
  }
  for (const [courseId, facts] of snapshot.facts) follow(courseId, facts, verdict);
  checkStudents(snapshot, verdict);
}

/** A class has one waitlist for all of its codes: a place is of one of them. */
const isOf = (row: EnrollmentRow, { userId, courseId }: PlaceRow) =>
  row.userId === userId && row.courseId === courseId;

/** The counts that each event carries, counted again from the events. */
function follow(courseId: string, facts: readonly Fact[], verdict: Verdict): void {
  const statuses = new Map<string, string>();
  let enrolled = 0;
  let waitlisted = 0;
  for (const { data } of inSequence(facts)) {
    const { enrollment, counts: stated, sequence } = data;
    const before = statuses.get(enrollment.id) ?? '';
    statuses.set(enrollment.id, enrollment.status);
    enrolled += Number(holdsSeat(enrollment.status)) - Number(holdsSeat(before));
    waitlisted += Number(enrollment.status === 'waitlisted') - Number(before === 'waitlisted');
    verdict.expect(
      stated.enrolledCount === enrolled && stated.waitlistedCount === waitlisted,
      () =>
        `event ${sequence} of ${courseId} says ${stated.enrolledCount} enrolled and ${stated.waitlistedCount} waiting; ` +
        `by the events it is ${enrolled} and ${waitlisted}`,
      courseId,
    );
  }
}

/** What a student's semester says of each course is what the enrollment says. */
function checkStudents({ students, enrollments }: Snapshot, verdict: Verdict): void {
  let listed = 0;
  for (const { userId, entries } of students.values()) {
    listed += entries.length;
    for (const { enrollmentId, courseId, status, version } of entries) {
      const row = enrollments.get(enrollmentId);
      verdict.expect(
        row?.status === status && row.version === version,
        () =>
          `the semester of ${userId} says ${status} version ${version} of ${enrollmentId}; it is ${row?.status} version ${row?.version}`,
        courseId,
      );
    }
  }
  verdict.expect(
    listed === enrollments.size,
    () => `students' semesters list ${listed} enrollments, and there are ${enrollments.size}`,
  );
}

import type { CourseState } from '@registrar/contracts-courses';
import type { Attempt } from '@registrar/eligibility';
import { classOf, seatsOf } from '../snapshot/classes.ts';
import { holdsSeat } from '../snapshot/facts.ts';
import type { EntryRow, Snapshot } from '../snapshot/snapshot.ts';
import type { Verdict } from './invariant.ts';
import { invariant } from './invariant.ts';
import { completed, missingFor } from './eligibility.rules.ts';
import { Links } from './links.rules.ts';
import { meet } from './meetings.rules.ts';
import { freeSeatsFor, isFor, takenOf } from './reservations.rules.ts';
import { subjectOf } from './schedules.rules.ts';

/** Once all is quiescent, no waiting student could take a seat, with all that is taken and exchanged up with it. */
export const freeSeats = invariant(
  'free-seats',
  'nobody waits beside seats that they may take, with linked sections and with what they give up for it',
  checkFreeSeats,
);

/** What places are judged by. */
interface Terms {
  readonly snapshot: Snapshot;
  readonly links: Links;
  readonly attempts: ReadonlyMap<string, readonly Attempt[]>;
  /** Reserved seats that are taken, class by class. */
  readonly taken: ReadonlyMap<string, Readonly<Record<string, number>>>;
  /** RFC 3339. */
  readonly now: string;
}

/** A student's semester with the waiting places as seats, and without what is exchanged up for them. */
interface Promoted {
  readonly userId: string;
  readonly parts: readonly CourseState[];
  /** The seats beside those. */
  readonly others: readonly EntryRow[];
  /** Of the waiting places, by course id. */
  readonly entries: ReadonlyMap<string, EntryRow>;
}

function checkFreeSeats(snapshot: Snapshot, verdict: Verdict): void {
  const rows = Map.groupBy(snapshot.enrollments.values(), ({ classId }) => classId);
  const terms: Terms = {
    snapshot,
    links: new Links(snapshot.courses),
    attempts: attemptsOf(snapshot),
    taken: new Map([...rows].map(([classId, own]) => [classId, takenOf(own)])),
    now: snapshot.readAt,
  };
  for (const { courseId, userId, ticket } of snapshot.places) {
    const course = snapshot.courses.get(courseId);
    const isOffered = course?.status === 'open' && seatsFor(course, userId, terms).length > 0;
    const obstacle = isOffered ? obstacleOf(promotedIn(courseId, userId, terms), terms) : 'no free seat';
    if (isOffered && obstacle) verdict.note(`places kept beside a free seat for ${obstacle}`);
    verdict.expect(
      obstacle !== undefined,
      () => `${userId} waits for ${courseId} with ticket ${ticket}, where a seat is free`,
      courseId,
    );
  }
}

/** Seats of a course that are free for a student, by the rows: of its class and, under another code, of that too. */
function seatsFor(
  { id, reservations }: CourseState,
  userId: string,
  { snapshot, taken, now }: Terms,
): (string | null)[] {
  const { ofClass: { capacity = 0, enrolledCount = 0 } = {}, code } = seatsOf(snapshot, id) ?? {};
  const ofClass = taken.get(classOf(snapshot.courses, id)) ?? {};
  const shared = { capacity, enrolledCount, reservations, taken: ofClass, code };
  return freeSeatsFor(shared, isFor(snapshot.eligibility, userId), now);
}

/** What the student would have with this place as a seat: the sections that are waited for together are taken with it. */
function promotedIn(courseId: string, userId: string, { snapshot, links }: Terms): Promoted {
  const { students, courses, enrollments } = snapshot;
  const entries = students.get(userId)?.entries ?? [];
  const waiting = entries.filter(({ status }) => status === 'waitlisted');
  const ids = links.bundleOf(
    courseId,
    waiting.map((entry) => entry.courseId),
  );
  const own = waiting.filter((entry) => ids.includes(entry.courseId));
  const exchanged = own.map(({ enrollmentId }) => enrollments.get(enrollmentId)?.dropOnPromotion);
  const kept = entries.filter((entry) => holdsSeat(entry.status) && !exchanged.includes(entry.enrollmentId));
  const dropped = entries.filter(({ enrollmentId }) => exchanged.includes(enrollmentId));
  const left = [...kept, ...waiting].map((entry) => entry.courseId);
  // Linked sections end with the last course that names them.
  const others = kept.filter((entry) => {
    const parents = links.parentsOf(entry.courseId);
    const ends = dropped.some((each) => parents.includes(each.courseId));
    return entry.status !== 'enrolled' || !ends || parents.some((id) => left.includes(id));
  });
  const parts = ids.flatMap((id) => courses.get(id) ?? []);
  return { userId, parts, others, entries: new Map(own.map((entry) => [entry.courseId, entry])) };
}

/** Why this student cannot take these seats now; by the same rules as a promotion, written a second time. */
function obstacleOf(promoted: Promoted, terms: Terms): string | undefined {
  const { userId, parts, others, entries } = promoted;
  const first = parts.map((course) => obstacleIn(course, promoted, terms)).find((each) => each !== undefined);
  if (first !== undefined) return first;
  if (givesUpCompleted(promoted, terms)) return 'enrollment_completed';
  const has = new Set([...others.map(({ courseId }) => courseId), ...parts.map(({ id }) => id)]);
  if (isHalf(has, promoted, terms)) return 'linked_section_required';
  const all = [...others, ...entries.values()];
  const credits = all.reduce((sum, entry) => sum + entry.credits, 0);
  if (credits > terms.snapshot.creditLimit) return 'credit_limit_exceeded';
  return parts.some((course) => seatsFor(course, userId, terms).length === 0)
    ? 'seat_unavailable'
    : undefined;
}

function obstacleIn(
  course: CourseState,
  { userId, parts, others, entries }: Promoted,
  { snapshot, attempts }: Terms,
): string | undefined {
  if (course.status !== 'open') return 'course_not_open';
  const subject = subjectOf(course.code, course);
  const classId = classOf(snapshot.courses, course.id);
  const isSame = ({ code, courseId }: EntryRow) =>
    subjectOf(code, snapshot.courses.get(courseId)) === subject ||
    classOf(snapshot.courses, courseId) === classId;
  if (others.some(isSame)) return 'already_enrolled';
  if (course.consent === 'instructor' && !hasPermit(entries.get(course.id), snapshot))
    return 'permission_required';
  if (missingFor(course, attempts.get(userId) ?? [])) return 'prerequisite_not_met';
  const taken = [...others.map(({ courseId }) => courseId), ...parts.map(({ id }) => id)];
  const clashes = taken.some(
    (id) => id !== course.id && meet(snapshot.offerings.get(id)?.meetings ?? [], course.meetings),
  );
  return clashes ? 'time_conflict' : undefined;
}

/** Whether a waiting place was taken by an override or with a permit that was not revoked since, or the student has another one. */
function hasPermit(entry: EntryRow | undefined, { enrollments, permits }: Snapshot): boolean {
  const row = enrollments.get(entry?.enrollmentId ?? '');
  const joined = row?.history.findLast(({ action }) => action === 'waitlisted');
  const isUsable = ({ usedAt, revokedAt }: Snapshot['permits'][number]) =>
    revokedAt === undefined && (usedAt === undefined || usedAt === joined?.at);
  const own = permits.filter(({ userId, courseId }) => userId === row?.userId && courseId === row.courseId);
  return own.some(isUsable) || (joined?.override.includes('permission_required') ?? false);
}

/** What is completed is not exchanged up. */
function givesUpCompleted({ entries }: Promoted, { snapshot: { enrollments } }: Terms): boolean {
  return [...entries.values()].some(({ enrollmentId }) => {
    const dropped = enrollments.get(enrollmentId)?.dropOnPromotion;
    return enrollments.get(dropped ?? '')?.status === 'completed';
  });
}

/** Whether a course that is taken, or that stays, would be without one of its sections, or without its lecture. */
function isHalf(has: ReadonlySet<string>, { parts, others }: Promoted, { links }: Terms): boolean {
  const lacks = (list: readonly string[]) => list.length > 0 && !list.some((id) => has.has(id));
  const staying = others.filter(({ status }) => status === 'enrolled').map(({ courseId }) => courseId);
  const taken = parts.map(({ id }) => id);
  return (
    [...staying, ...taken].some((id) => links.listsOf(id).some(lacks)) ||
    taken.some((id) => lacks(links.parentsOf(id)))
  );
}

/** What students have completed, before the workload and in it. */
function attemptsOf({ facts, eligibility }: Snapshot): Map<string, Attempt[]> {
  const attempts = new Map([...eligibility.completions].map(([userId, own]) => [userId, [...own]]));
  for (const fact of [...facts.values()].flat()) {
    const { userId } = fact.data.enrollment;
    attempts.set(userId, [...(attempts.get(userId) ?? []), ...completed(fact)]);
  }
  return attempts;
}

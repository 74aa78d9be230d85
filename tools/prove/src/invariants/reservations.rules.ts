import type { CourseState } from '@registrar/contracts-courses';
import { isMatched } from '@registrar/eligibility';
import type { Match } from '@registrar/eligibility';
import { honorsGroup, lateLevel } from '../fixture/eligibility.ts';
import { codeChanges } from '../snapshot/classes.ts';
import { holdsSeat, inSequence, takesSeat } from '../snapshot/facts.ts';
import type { Fact, Snapshot } from '../snapshot/snapshot.ts';
import type { Verdict } from './invariant.ts';
import { invariant } from './invariant.ts';
import { CourseStates } from './meetings.rules.ts';
import { SetAside } from './set-aside.rules.ts';

/** Seats that are kept for some go to them, and to nobody else before their time. */
export const reservations = invariant(
  'reservations',
  'no reservation is overdrawn or given to others before its release, and its counts equal the seats',
  checkReservations,
);

/** What is needed to share free seats out. */
interface Shared {
  readonly capacity: number;
  readonly enrolledCount: number;
  readonly reservations: CourseState['reservations'];
  /** Seats taken, by the reservation's name. */
  readonly taken: Readonly<Record<string, number>>;
  /** What may be taken, and is, under the student's code where it is not the class's own. */
  readonly code?: { readonly capacity: number; readonly enrolledCount: number } | undefined;
}

/** The seats that are free for whom, in the order in which one student takes them. @param now RFC 3339 */
export function freeSeatsFor(
  { capacity, enrolledCount, reservations: all, taken, code }: Shared,
  isFor: (match: Match) => boolean,
  now: string,
): (string | null)[] {
  if (code && code.enrolledCount >= code.capacity) return [];
  let general = Math.max(0, capacity - enrolledCount);
  const own: string[] = [];
  for (const { name, seats, match, releasesAt } of all) {
    if (releasesAt !== null && releasesAt <= now) continue;
    const available = Math.min(Math.max(0, seats - (taken[name] ?? 0)), general);
    general -= available;
    if (available > 0 && isFor(match)) own.push(name);
  }
  return general > 0 ? [...own, null] : own;
}

/** Whether a match is for a student of the proof. */
export function isFor({ late, honors }: Snapshot['eligibility'], userId: string): (match: Match) => boolean {
  const level = late.has(userId) ? lateLevel : null;
  const groups = honors.has(userId) ? [honorsGroup] : [];
  return (match) => isMatched(match, { programs: [], level, groups, earnedCredits: 0 });
}

/** How many of these seats are of which reservation. */
export function takenOf(
  places: Iterable<{ readonly status: string; readonly reservation?: string | null | undefined }>,
): Record<string, number> {
  const taken: Record<string, number> = {};
  for (const { status, reservation } of places)
    if (reservation && holdsSeat(status)) taken[reservation] = (taken[reservation] ?? 0) + 1;
  return taken;
}

function checkReservations(snapshot: Snapshot, verdict: Verdict): void {
  const states = new CourseStates(snapshot.copies);
  const setAside = new SetAside(snapshot);
  const rows = Map.groupBy(snapshot.enrollments.values(), ({ classId }) => classId);
  for (const [courseId, { reserved }] of snapshot.seats) {
    const counted = takenOf(rows.get(courseId) ?? []);
    verdict.expect(
      same(reserved, counted),
      () => `${courseId} has ${text(reserved)} reserved seats taken, and its rows say ${text(counted)}`,
      courseId,
    );
  }
  for (const [courseId, facts] of snapshot.facts)
    follow(facts, { courseId, states, setAside, eligibility: snapshot.eligibility }, verdict);
}

/** What a course's events are judged by. */
interface Terms {
  readonly courseId: string;
  readonly states: CourseStates;
  readonly setAside: SetAside;
  readonly eligibility: Snapshot['eligibility'];
}

function follow(facts: readonly Fact[], terms: Terms, verdict: Verdict): void {
  const seats = new Map<string, Fact['data']['enrollment']>();
  const kept = codeChanges(facts);
  for (const fact of inSequence(facts)) {
    const { enrollment, counts, sequence } = fact.data;
    const { id, status, reservation = null } = enrollment;
    const before = seats.get(id);
    const where = `event ${sequence} of ${terms.courseId}`;
    if (takesSeat(fact) && !before && !kept.has(fact.id)) judge(fact, [...seats.values()], terms, verdict);
    if (before && holdsSeat(status))
      verdict.expect(
        (before.reservation ?? null) === reservation,
        () => `${where} makes a seat of ${before.reservation} one of ${reservation}`,
        terms.courseId,
      );
    if (holdsSeat(status)) seats.set(id, enrollment);
    else seats.delete(id);
    const taken = takenOf(seats.values());
    verdict.expect(
      same(counts.reserved ?? {}, taken),
      () => `${where} says ${text(counts.reserved)} of reserved seats; by the events it is ${text(taken)}`,
      terms.courseId,
    );
  }
}

/** The seat that was taken is one that was free for the student, by one of the definitions that may have held then. */
function judge(
  fact: Fact,
  seats: readonly Fact['data']['enrollment'][],
  { courseId, states, setAside, eligibility }: Terms,
  verdict: Verdict,
): void {
  const { enrollment, counts, sequence, occurredAt } = fact.data;
  const { userId, reservation = null } = enrollment;
  const underCode = counts.codes?.[enrollment.courseId];
  const defined = states.around(courseId, Date.parse(occurredAt)).map((state) => state.reservations ?? []);
  if (reservation === null && (setAside.isBeyondFree(fact) || defined.every(({ length }) => length === 0)))
    return;
  if (reservation !== null) verdict.note('reserved seats taken');
  const { capacity } = counts;
  const ofCode = seats.filter((seat) => seat.courseId === enrollment.courseId).length;
  const code = underCode && { capacity: underCode.capacity, enrolledCount: ofCode };
  const shared = { capacity, enrolledCount: seats.length, taken: takenOf(seats), code };
  const isPossible = defined.some((all) =>
    freeSeatsFor({ ...shared, reservations: all }, isFor(eligibility, userId), occurredAt).includes(
      reservation,
    ),
  );
  verdict.expect(
    isPossible,
    () =>
      `event ${sequence} of ${courseId} gave ${userId} a seat of ${reservation ?? 'nobody in particular'}, ` +
      `with ${seats.length} of ${capacity} taken, ${text(shared.taken)} of them reserved`,
    courseId,
  );
}

function same(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): boolean {
  return text(one) === text(other);
}

function text(counts: Readonly<Record<string, number>> | undefined): string {
  return JSON.stringify(Object.entries(counts ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
}

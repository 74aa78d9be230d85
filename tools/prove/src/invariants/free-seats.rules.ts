import type { CourseState } from '@registrar/contracts-courses';
import { holdsSeat } from '../world/facts.ts';
import type { EntryRow, OfferingRow, SeatsRow, World } from '../world/world.ts';
import type { Finding, Invariant } from './invariant.ts';
import { Verdict } from './invariant.ts';
import { meet } from './meetings.rules.ts';

/** Once all is quiet, every free seat of an open course is one that no waiting student may take. */
export const freeSeats: Invariant = {
  name: 'free-seats',
  says: 'no seat stays free beside a waiting student who may take it',
  check: checkFreeSeats,
};

function checkFreeSeats(world: World): Finding {
  const verdict = new Verdict();
  const completed = completedCodes(world);
  for (const { courseId, userId, ticket } of world.places) {
    const [course, free] = [world.courses.get(courseId), freeSeatsOf(world.seats.get(courseId))];
    const isOffered = course?.status === 'open' && free > 0;
    const obstacle = isOffered ? obstacleOf(course, userId, world, completed.get(userId)) : 'no free seat';
    if (isOffered && obstacle) verdict.note(`places kept beside a free seat for ${obstacle}`);
    verdict.expect(
      obstacle !== undefined,
      () => `${userId} waits for ${courseId} with ticket ${ticket}, and ${free} seats are free`,
      courseId,
    );
  }
  return verdict;
}

function freeSeatsOf(seats: SeatsRow | undefined): number {
  return seats ? Math.max(0, seats.capacity - seats.enrolledCount) : 0;
}

/** Why this student cannot take a seat of the course now; by the same rules as a promotion, written a second time. */
function obstacleOf(
  course: CourseState,
  userId: string,
  { students, offerings, creditLimit }: World,
  completed: ReadonlySet<string> = new Set(),
): string | undefined {
  const entries = students.get(userId)?.entries ?? [];
  const seated = entries.filter(({ courseId, status }) => courseId !== course.id && holdsSeat(status));
  if (seated.some(({ code }) => same(code, course.code))) return 'already_enrolled';
  if (course.prerequisites.some((code) => !completed.has(code.toUpperCase()))) return 'prerequisite_not_met';
  if (seated.some((entry) => clashes(entry, course, offerings))) return 'time_conflict';
  const credits = seated.reduce((sum, entry) => sum + entry.credits, course.credits);
  return credits > creditLimit ? 'credit_limit_exceeded' : undefined;
}

function clashes(
  { courseId }: EntryRow,
  course: CourseState,
  offerings: ReadonlyMap<string, OfferingRow>,
): boolean {
  return meet(offerings.get(courseId)?.meetings ?? [], course.meetings);
}

const same = (one: string, other: string) => one.toUpperCase() === other.toUpperCase();

function completedCodes({ enrollments }: World): Map<string, Set<string>> {
  const codes = new Map<string, Set<string>>();
  for (const { userId, courseCode, status } of enrollments.values()) {
    if (status !== 'completed') continue;
    const own = codes.get(userId) ?? new Set();
    codes.set(userId, own.add(courseCode.toUpperCase()));
  }
  return codes;
}

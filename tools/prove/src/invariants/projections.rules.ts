import { courseTopic } from '@registrar/contracts-courses';
import type { CourseEventData, PublishedCourse } from '@registrar/contracts-courses';
import { classOf } from '../snapshot/classes.ts';
import { inSequence } from '../snapshot/facts.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Verdict } from './invariant.ts';
import { invariant } from './invariant.ts';

/** Courses and counts rebuilt from the events alone are what the services have. */
export const projections = invariant(
  'projections',
  'courses, offerings and counts rebuilt from the events equal the live ones',
  checkProjections,
);

function checkProjections(snapshot: Snapshot, verdict: Verdict): void {
  const built = coursesFrom(snapshot.copies);
  for (const [courseId, state] of snapshot.courses) {
    const rebuilt = built.get(courseId);
    verdict.expect(
      same(rebuilt, state),
      () => `${courseId} is ${text(state)}, and by its events ${text(rebuilt)}`,
      courseId,
    );
    checkOffering(courseId, rebuilt, snapshot, verdict);
  }
  for (const [courseId, { enrolledCount, waitlistedCount }] of snapshot.seats) {
    const counts = inSequence(snapshot.facts.get(courseId) ?? []).at(-1)?.data.counts;
    const [enrolled, waiting] = [counts?.enrolledCount ?? 0, counts?.waitlistedCount ?? 0];
    verdict.expect(
      enrolled === enrolledCount && waiting === waitlistedCount,
      () =>
        `${courseId} has ${enrolledCount} enrolled and ${waitlistedCount} waiting, by its events ${enrolled} and ${waiting}`,
      courseId,
    );
  }
}

/** The newest state of every course, from its events. */
function coursesFrom(copies: Snapshot['copies']): Map<string, PublishedCourse> {
  const built = new Map<string, PublishedCourse>();
  for (const { topic, key, data } of copies) {
    if (topic !== courseTopic.name) continue;
    const { course } = data as CourseEventData;
    if (course.version > (built.get(key)?.version ?? 0)) built.set(key, course);
  }
  return built;
}

function checkOffering(
  courseId: string,
  course: PublishedCourse | undefined,
  snapshot: Snapshot,
  verdict: Verdict,
): void {
  const offering = snapshot.offerings.get(courseId);
  const isOffered = offering !== undefined && same(pick(offering, offered), pick(course, offered));
  verdict.expect(
    isOffered,
    () => `the offering of ${courseId} is ${text(offering)}, not ${text(course)}`,
    courseId,
  );
  const classId = classOf(snapshot.courses, courseId);
  const seats = snapshot.seats.get(classId);
  const code = seats?.codes[courseId];
  const isSeated =
    classId === courseId
      ? same(pick({ ...seats, version: seats?.courseVersion }, seated), pick(course, seated))
      : same(pick(code, ofCode), pick(course, ofCode)) &&
        code?.isCancelled === (course?.status === 'cancelled');
  verdict.expect(
    isSeated,
    () => `the seats of ${courseId} are ${text(code ?? seats)}, not of ${text(course)}`,
    courseId,
  );
}

/** The fields of a course that an offering has, those that its seats have, and those that another code for a class has. */
const offered = ['version', 'code', 'credits', 'meetings'] as const;
const seated = ['version', 'status', 'capacity', 'waitlistCapacity'] as const;
const ofCode = ['version', 'capacity'] as const;

function pick(from: object | undefined, names: readonly string[]): unknown[] {
  return names.map((name) => Object(from)[name] as unknown);
}

function same(one: unknown, other: unknown): boolean {
  return text(one) === text(other);
}

/** As JSON, with the names in order. */
function text(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

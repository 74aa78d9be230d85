import { GradeScale, missingOf, passedCourses, wholeRequirement } from '@registrar/eligibility';
import type { Attempt, Requirement } from '@registrar/eligibility';
import type { CourseState } from '@registrar/contracts-courses';
import { answerOf, enrollmentsIn } from '../workload/journal.ts';
import { factsByStudent, takesSeat } from '../snapshot/facts.ts';
import type { Fact, Snapshot } from '../snapshot/snapshot.ts';
import type { Verdict } from './invariant.ts';
import { invariant } from './invariant.ts';

const scale = new GradeScale();

/** No student gets a seat before the own window opens, unless a registrar sets that aside. */
export const windows = invariant('windows', 'nobody has a seat before the own window opens', checkWindows);

/** No request that begins after the answer that a hold is placed takes a place, until the hold is released. */
export const holds = invariant(
  'holds',
  'nobody enrolls under a hold that was acknowledged before the request',
  checkHolds,
);

/** Every seat met the requirement of its course when it was taken. */
export const requirements = invariant(
  'requirements',
  'every seat met its requirement when it was committed',
  checkRequirements,
);

function checkWindows({ facts, eligibility }: Snapshot, verdict: Verdict): void {
  const { late, lateOpensAt } = eligibility;
  for (const fact of [...facts.values()].flat().filter(takesSeat)) {
    const { enrollment, occurredAt, override } = fact.data;
    const { userId, courseId } = enrollment;
    if (!late.has(userId) || override.includes('enrollment_window_closed')) continue;
    verdict.expect(
      occurredAt >= lateOpensAt,
      () => `${userId} got ${enrollment.id} at ${occurredAt}, and the own window opened at ${lateOpensAt}`,
      courseId,
    );
  }
}

/** Requests that take places, and what these are. */
const enrolling: ReadonlySet<string> = new Set(['enroll', 'swap', 'changes']);
const places: ReadonlySet<string> = new Set(['enrolled', 'waitlisted']);

function checkHolds({ intents, holdSpans }: Snapshot, verdict: Verdict): void {
  const byUser = Map.groupBy(holdSpans, ({ userId }) => userId);
  for (const intent of intents) {
    const { asked, attempts } = intent;
    const [first] = attempts;
    if (!enrolling.has(asked.kind) || !('userId' in asked) || asked.actorId !== asked.userId) continue;
    const answer = answerOf(intent);
    if (!first || !answer || answer.status >= 300) continue;
    const taken = enrollmentsIn(answer.body).find(({ status = '' }) => places.has(status));
    if (!taken) continue;
    const span = byUser.get(asked.userId)?.find(({ acknowledgedAt, releaseBegunAt = Infinity }) => {
      return first.at > acknowledgedAt && answer.doneAt < releaseBegunAt;
    });
    verdict.expect(
      span === undefined,
      () => `${asked.userId} got ${taken.id} ${first.at - (span?.acknowledgedAt ?? 0)} ms after a hold`,
      taken.courseId,
    );
  }
  verdict.note('holds placed', holdSpans.length);
}

function checkRequirements(snapshot: Snapshot, verdict: Verdict): void {
  for (const [userId, own] of factsByStudent(snapshot.facts)) {
    const attempts: Attempt[] = [...(snapshot.eligibility.completions.get(userId) ?? [])];
    for (const commit of Map.groupBy(own, ({ data }) => data.studentVersion).values()) {
      for (const fact of commit.filter(takesSeat)) {
        const { enrollment, override } = fact.data;
        const course = snapshot.courses.get(enrollment.courseId);
        if (!course || override.includes('prerequisite_not_met')) continue;
        const missing = missingFor(course, attempts);
        verdict.expect(
          missing === undefined ||
            snapshot.enrollments.get(enrollment.id) === undefined ||
            hadOverride(snapshot, fact),
          () => `${userId} got ${enrollment.id} without ${JSON.stringify(missing)}`,
          enrollment.courseId,
        );
      }
      attempts.push(...commit.flatMap(completed));
    }
  }
}

/** A waiting place that a registrar gave in spite of it is promoted in spite of it. */
function hadOverride({ enrollments }: Snapshot, { change, data }: Fact): boolean {
  if (change !== 'promoted') return false;
  const { history } = enrollments.get(data.enrollment.id) ?? { history: [] };
  return history.some(
    ({ action, override }) => action === 'waitlisted' && override.includes('prerequisite_not_met'),
  );
}

/** The attempt that a fact completes. */
export function completed({ change, data }: Pick<Fact, 'change' | 'data'>): Attempt[] {
  if (change !== 'completed') return [];
  const { courseCode: code, credits, grade = null } = data.enrollment;
  return [{ code, credits, grade }];
}

/** What is missing for a course; undefined where nothing is. */
export function missingFor(
  { prerequisites, requirement }: Pick<CourseState, 'prerequisites' | 'requirement'>,
  attempts: readonly Attempt[],
): Requirement | undefined {
  const whole = wholeRequirement(prerequisites, requirement);
  return whole && missingOf(whole, { passed: passedCourses(attempts, scale), concurrent: new Set(), scale });
}

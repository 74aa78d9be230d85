import { answerOf } from '../workload/journal.ts';
import type { Intent } from '../workload/journal.ts';
import { classOf } from '../snapshot/classes.ts';
import { takesSeat } from '../snapshot/facts.ts';
import type { Fact, Snapshot } from '../snapshot/snapshot.ts';
import type { Verdict } from './invariant.ts';
import { invariant } from './invariant.ts';

/** From the answer that a course is closed or cancelled until it may be open again, no student is enrolled. */
export const closedCourses = invariant(
  'closed-courses',
  'after the answer that a course is closed, the next enrollment is refused',
  checkClosed,
);

/** A time in which a course was certainly closed, ms. */
interface Closed {
  from: number;
  to: number;
}

function checkClosed({ facts, intents, courses }: Snapshot, verdict: Verdict): void {
  for (const [courseId, stretches] of closedStretches(intents)) {
    const classId = classOf(courses, courseId);
    for (const fact of facts.get(classId) ?? []) {
      const isOfOther = courseId !== classId && fact.data.enrollment.courseId !== courseId;
      if (isOfOther || !letsIn(fact)) continue;
      const at = Date.parse(fact.data.occurredAt);
      const during = stretches.find(({ from, to }) => at > from && at < to);
      verdict.expect(
        during === undefined,
        () =>
          `event ${fact.data.sequence} of ${courseId} (${fact.change}) is ${at - (during?.from ?? 0)} ms after it was closed`,
        courseId,
      );
    }
  }
}

function letsIn(fact: Fact): boolean {
  return takesSeat(fact) && !fact.data.override.includes('course_not_open');
}

/** One request about a status at a time is under way for a course, so that the times between are certain. */
function closedStretches(intents: readonly Intent[]): Map<string, Closed[]> {
  const found = new Map<string, Closed[]>();
  const open = new Map<string, Closed>();
  const changes = intents.flatMap((intent) => {
    const { asked, attempts } = intent;
    if (asked.kind !== 'change' || !('status' in asked.change) || !attempts[0]) return [];
    return [{ asked, status: asked.change.status, begunAt: attempts[0].at, answer: answerOf(intent) }];
  });
  for (const { asked, status, begunAt, answer } of changes.sort((a, b) => a.begunAt - b.begunAt)) {
    const running = open.get(asked.courseId);
    if (running) running.to = Math.min(running.to, begunAt);
    open.delete(asked.courseId);
    if (status === 'open' || answer?.status !== 200) continue;
    const closed = { from: answer.doneAt, to: Infinity };
    open.set(asked.courseId, closed);
    found.set(asked.courseId, [...(found.get(asked.courseId) ?? []), closed]);
  }
  return found;
}

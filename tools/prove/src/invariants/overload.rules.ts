import { invariant } from './invariant.ts';

/** Beside more enrollments than the system can do, students go on reading. */
export const crowdedReads = invariant(
  'crowded-reads',
  'no read fails while more is asked for than the system can do',
  ({ crowdedReads }, verdict) => {
    for (const { what, via, status } of crowdedReads)
      verdict.expect(status === 200, () => `${via} answered ${status} for ${what}`);
  },
);

/** A request that was refused as too many was not begun: its student may ask again, or not. */
export const refusedWrites = invariant(
  'refused-writes',
  'a write that was refused as too many has changed nothing, and says when to try again',
  ({ refused, intents, facts }, verdict) => {
    const enrollments = [...facts.values()].flat().map(({ data }) => data.enrollment);
    const changed = new Set(enrollments.map(({ userId, courseId }) => `${userId} ${courseId}`));
    for (const { asked } of intents)
      if (asked.kind === 'enroll') changed.delete(`${asked.userId} ${asked.courseId}`);
    for (const { id, asked, attempts } of refused) {
      if (asked.kind !== 'enroll') continue;
      const { userId, courseId } = asked;
      const has = changed.has(`${userId} ${courseId}`);
      verdict.expect(!has, () => `request ${id} was refused, and ${userId} is in ${courseId}`, courseId);
      const hints = attempts.every(({ retryAfter }) => Number(retryAfter) >= 1);
      verdict.expect(hints, () => `request ${id} was refused without Retry-After`);
    }
    verdict.note('enrollments refused as too many', refused.length);
  },
);

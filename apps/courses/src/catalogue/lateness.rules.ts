/** Kafka answers a fetch every 0.5 s at least; after so long without, events may be behind, ms. */
const silenceMs = 900;
/** While events are late, the counts of a course are asked for so often at most, ms. */
const refreshEveryMs = 400;
/** The same where enrollments takes its time: it is busy, and shall not be kept so by being asked. */
const refreshAtLeastEveryMs = 1_000;

/** How current the events are that an instance receives; times by the monotonic clock, ms. */
interface Hearing {
  now: number;
  /** When Kafka last answered; undefined before the first time. */
  lastPollAt: number | undefined;
  /** An event came late: until then others may be late too. */
  lateUntil: number;
}

/** Whether counts that are kept by events may be behind by more than 1 s (0.1 s are for the rendering). */
export function isLate({ now, lastPollAt, lateUntil }: Hearing): boolean {
  return lastPollAt === undefined || now - lastPollAt > silenceMs || now < lateUntil;
}

/**
 * Whether enrollments must be asked for the counts of a course.
 *
 * While events are heard: only once, after hearing began, for what happened before was not heard. While they are
 * late: every 0.4 s, or after four times what the last answer took, at most 1 s.
 *
 * @param countedAt when it was asked last; undefined for never
 */
export function mustRefresh(
  countedAt: number | undefined,
  { now, subscribedSince, tookMs }: { now: number; subscribedSince: number | undefined; tookMs: number },
): boolean {
  if (countedAt === undefined) return true;
  if (subscribedSince !== undefined) return countedAt < subscribedSince;
  return now - countedAt > Math.min(refreshAtLeastEveryMs, Math.max(refreshEveryMs, 4 * tookMs));
}

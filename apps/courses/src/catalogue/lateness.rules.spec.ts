import { describe, expect, it } from 'vitest';
import { isLate, mustRefresh } from './lateness.rules.ts';

const now = 100_000;

describe('events', () => {
  it.each([
    ['were never heard', { lastPollAt: undefined, lateUntil: 0 }, true],
    ['are heard', { lastPollAt: now - 900, lateUntil: 0 }, false],
    ['were not heard for too long', { lastPollAt: now - 901, lateUntil: 0 }, true],
    ['are heard, but one came late', { lastPollAt: now, lateUntil: now + 1 }, true],
    ['are heard in time again', { lastPollAt: now, lateUntil: now }, false],
  ])('that %s: late %3$s', (_, hearing, expected) => expect(isLate({ now, ...hearing })).toBe(expected));
});

describe('enrollments is asked for counts', () => {
  it.each([
    ['that are not known', undefined, now - 5_000, 5, true],
    ['from before events were heard', now - 6_000, now - 5_000, 5, true],
    ['that events keep', now - 4_000, now - 5_000, 5, false],
    ['now and then while events are late', now - 401, undefined, 5, true],
    ['not more often than that', now - 400, undefined, 5, false],
    ['less often while it is slow', now - 800, undefined, 200, false],
    ['but at least once a second', now - 1_001, undefined, 60_000, true],
  ])('%s', (_, countedAt, subscribedSince, tookMs, expected) => {
    expect(mustRefresh(countedAt, { now, subscribedSince, tookMs })).toBe(expected);
  });
});

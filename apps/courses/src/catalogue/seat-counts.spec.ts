import type { ConsumerPulse } from '@registrar/messaging';
import { steadyNow } from '@registrar/service';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EnrollmentsClient } from '../pending-changes/enrollments.client.ts';
import { SeatCounts } from './seat-counts.ts';

const steps = [-600_000, 600_000];
const counts = { enrolledCount: 1, waitlistedCount: 0, sequence: 1 };

function setUp() {
  const pulse: { lastPollAt: number | undefined } = { lastPollAt: steadyNow() };
  const seats = vi.fn(() => Promise.resolve([]));
  const enrollments = { seats } as Partial<EnrollmentsClient> as EnrollmentsClient;
  return { pulse, seats, known: new SeatCounts(enrollments, pulse as ConsumerPulse) };
}

/** The wall clock steps; the monotonic one does not. */
function step(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

describe('seat counts on a machine whose wall clock steps', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['Date', 'performance'] }));
  afterEach(() => vi.useRealTimers());

  it.each(steps)('are asked for as often as before while events are late (%i ms)', async (stepMs) => {
    const { known, pulse, seats } = setUp();
    pulse.lastPollAt = undefined;
    await known.ensure(['crs_1']);
    step(stepMs);
    vi.advanceTimersByTime(399);
    await known.ensure(['crs_1']);
    expect(seats).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(2);
    await known.ensure(['crs_1']);
    expect(seats).toHaveBeenCalledTimes(2);
  });

  it.each(steps)('notice that Kafka has fallen silent, and only then (%i ms)', (stepMs) => {
    const { known } = setUp();
    step(stepMs);
    expect(known.isLate).toBe(false);
    vi.advanceTimersByTime(901);
    expect(known.isLate).toBe(true);
  });

  it.each(steps)('are late for two seconds after an event that came late (%i ms)', (stepMs) => {
    const { known, pulse } = setUp();
    known.applyEvent('crs_1', counts, Date.now() - 5_000);
    step(stepMs);
    expect(known.isLate).toBe(true);
    vi.advanceTimersByTime(2_001);
    pulse.lastPollAt = steadyNow();
    expect(known.isLate).toBe(false);
  });
});

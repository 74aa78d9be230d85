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

describe('seat counts of cross-listed courses', () => {
  const code = { enrolledCount: 2, waitlistedCount: 1, seatsAvailable: 3, classId: 'crs_class' };
  const seatsOf = (courseId: string, change: object) => {
    return { courseId, capacity: 5, version: 1, sequence: 4, ...code, ...change };
  };

  it('are asked for again when the class changes, and when they do, for no event tells what is left', async () => {
    const { known, seats } = setUp();
    known.learn('crs_code', { ...code, sequence: 4 });
    const stamp = known.stampOf('crs_code');
    for (const [changed, seatsAvailable] of [
      [{ id: 'crs_class', crossListedOf: null }, 1],
      [{ id: 'crs_code', crossListedOf: 'crs_class' }, 2],
    ] as const) {
      seats.mockResolvedValueOnce([seatsOf('crs_code', { seatsAvailable })] as never);
      known.recheck(changed);
      await vi.waitFor(() => expect(known.peek('crs_code')).toMatchObject({ seatsAvailable }));
    }
    expect(known.stampOf('crs_code')).toBeGreaterThan(stamp);
    expect(seats).toHaveBeenCalledTimes(2);
    known.recheck({ id: 'crs_other', crossListedOf: null });
    await new Promise((resolve) => setImmediate(resolve));
    expect(seats).toHaveBeenCalledTimes(2);
  });

  it('are not taken back by an event of a sequence that was read with another capacity', () => {
    const { known } = setUp();
    known.learn('crs_code', { ...code, sequence: 4 });
    known.applyEvent('crs_code', { ...code, seatsAvailable: 9, sequence: 4 }, Date.now());
    expect(known.peek('crs_code')).toMatchObject({ seatsAvailable: 3 });
    known.applyEvent('crs_code', { ...code, seatsAvailable: 2, sequence: 5 }, Date.now());
    expect(known.peek('crs_code')).toMatchObject({ seatsAvailable: 2, sequence: 5 });
  });

  it('say what is left only where the capacity of the course does not', () => {
    const { known } = setUp();
    known.learn('crs_plain', seatsOf('crs_plain', { classId: undefined }));
    expect(known.peek('crs_plain')?.seatsAvailable).toBeUndefined();
  });
});

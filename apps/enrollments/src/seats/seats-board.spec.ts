import { StoreUnavailable } from '@registrar/dynamodb';
import type { ConsumerPulse } from '@registrar/messaging';
import { steadyNow } from '@registrar/service';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withCounts } from './seat-state.rules.ts';
import type { SeatState } from './seat-state.rules.ts';
import { SeatsBoard } from './seats-board.ts';
import type { SeatsRepository } from './seats.repository.ts';
import { emptyCourse } from './testing/seat-state.ts';

const at = (sequence: number) => (state: SeatState) =>
  withCounts(state, { enrolledCount: sequence, waitlistedCount: 0, reserved: {}, sequence });

/** A store that answers when told to. */
class SlowStore {
  reads = 0;
  state: SeatState | undefined = emptyCourse;
  fails = false;
  private release: (() => void)[] = [];
  isHeld = false;

  async states(): Promise<SeatState[]> {
    this.reads += 1;
    const { state } = this;
    if (this.isHeld) await new Promise<void>((resolve) => this.release.push(resolve));
    if (this.fails) throw new StoreUnavailable(new Error('away'));
    return state ? [state] : [];
  }

  answer(): void {
    for (const go of this.release.splice(0)) go();
  }
}

let store: SlowStore;
let pulse: { lastPollAt: number | undefined };
let board: SeatsBoard;

beforeEach(() => {
  vi.useFakeTimers();
  store = new SlowStore();
  pulse = {
    get lastPollAt() {
      return steadyNow();
    },
  };
  board = new SeatsBoard(store as Pick<SeatsRepository, 'states'> as SeatsRepository, pulse as ConsumerPulse);
});
afterEach(() => vi.useRealTimers());

describe('the seats in memory', () => {
  it.each([-600_000, 600_000])(
    'are trusted for as long when the wall clock steps by %i ms',
    async (stepMs) => {
      const read = board.get('crs_a');
      store.answer();
      await read;
      vi.setSystemTime(Date.now() + stepMs);
      expect((await board.get('crs_a')).source).toBe('l1');
      vi.advanceTimersByTime(10_001);
      const again = board.get('crs_a');
      store.answer();
      expect((await again).source).toBe('load');
    },
  );

  it('are read once, and follow the events', async () => {
    const asked = await Promise.all([board.get('crs_a'), board.get('crs_a')]);
    expect(asked.map(({ source }) => source)).toEqual(['load', 'load']);
    board.applyChange('crs_a', at(3));
    board.applyChange('crs_a', at(2));
    const { state, source } = await board.get('crs_a');
    expect([state.enrolledCount, source, store.reads]).toEqual([3, 'l1', 1]);
  });

  it('of several courses are read at once, and each follows what was received meanwhile', async () => {
    const other = { ...emptyCourse, courseId: 'crs_b' };
    const asked: (readonly string[])[] = [];
    const both = new SeatsBoard(
      {
        states: (ids: readonly string[]) => {
          asked.push(ids);
          return Promise.resolve([other, emptyCourse].filter(({ courseId }) => ids.includes(courseId)));
        },
      } as SeatsRepository,
      pulse as ConsumerPulse,
    );
    const read = both.getAll(['crs_a', 'crs_b']);
    both.applyChange('crs_b', at(2));
    expect((await read).map(({ state }) => [state.courseId, state.sequence])).toEqual([
      ['crs_a', 0],
      ['crs_b', 2],
    ]);
    await both.getAll(['crs_b', 'crs_a']);
    expect(asked).toEqual([['crs_a', 'crs_b']]);
    await expect(both.getAll(['crs_a', 'crs_c'])).rejects.toMatchObject({ code: 'course_not_found' });
  });

  it('keep what was received while they were read', async () => {
    store.isHeld = true;
    const asked = board.get('crs_a');
    board.applyChange('crs_a', at(1));
    store.answer();
    expect((await asked).state.enrolledCount).toBe(1);
  });

  it('are read again after a while, and each second while Kafka is away', async () => {
    await board.get('crs_a');
    store.state = at(5)(emptyCourse);
    vi.advanceTimersByTime(2_000);
    expect((await board.get('crs_a')).state.enrolledCount).toBe(0);
    pulse = Object.defineProperty(pulse, 'lastPollAt', { value: 0 });
    expect((await board.get('crs_a')).state.enrolledCount).toBe(5);
  });

  it('are shown for a minute while the store is away, then not', async () => {
    await board.get('crs_a');
    store.fails = true;
    vi.advanceTimersByTime(30_000);
    expect((await board.get('crs_a')).source).toBe('stale');
    vi.advanceTimersByTime(31_000);
    await expect(board.get('crs_a')).rejects.toThrow(StoreUnavailable);
  });

  it('are not there for a draft until it is opened, and then at once', async () => {
    store.state = { ...emptyCourse, status: 'draft' };
    await expect(board.get('crs_a')).rejects.toMatchObject({ status: 404, code: 'course_not_found' });
    store.state = { ...emptyCourse, courseVersion: 2 };
    expect((await board.get('crs_a')).state.status).toBe('open');
  });

  it('tell of every change, and of nothing else', async () => {
    const received: number[] = [];
    board.onChange(({ state }) => received.push(state.sequence));
    await board.get('crs_a');
    for (const sequence of [1, 1, 3, 2]) board.applyChange('crs_a', at(sequence));
    vi.advanceTimersByTime(20_000);
    await board.refresh(['crs_a']);
    store.state = at(4)(emptyCourse);
    vi.advanceTimersByTime(20_000);
    await board.refresh(['crs_a']);
    expect(received).toEqual([0, 1, 3, 4]);
  });
});

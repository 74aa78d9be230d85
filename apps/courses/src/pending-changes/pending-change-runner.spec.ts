import { Problem } from '@registrar/service';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MemoryStore } from '../testing/memory-store.ts';
import type { Stop, Thing } from '../testing/memory-store.ts';
import { PendingChangeRunner } from './pending-change-runner.ts';

const sizes = fc.array(
  fc.record({ size: fc.integer({ min: 0, max: 9 }), floor: fc.integer({ min: 0, max: 6 }) }),
  {
    minLength: 1,
    maxLength: 8,
  },
);
const stops = fc.array(fc.constantFrom<Stop>('before', 'after', undefined, undefined, undefined), {
  maxLength: 60,
});

let tokens = 0;

/** A change as the services make it: settle, decide, write the pending change down, carry it out. */
async function change(
  store: MemoryStore,
  now: () => number,
  size: number,
): Promise<'done' | 'refused' | 'unknown'> {
  const runner = new PendingChangeRunner(store, now);
  try {
    const lastVersion = (await runner.readCompleted('thing'))?.lastVersion ?? 0;
    const state = { version: lastVersion + 1, size };
    const pending = { token: `int_${(tokens += 1)}`, state, actorId: 'usr_1', leasedUntil: now() + 1_000 };
    if (!(await store.begin(pending))) return 'unknown';
    await runner.complete('thing', pending);
    return 'done';
  } catch (error) {
    return error instanceof Problem && error.status === 409 ? 'refused' : 'unknown';
  }
}

/** A copy of what was sent; nobody waits for its answer. */
function arrivesLate(store: MemoryStore, copy: Thing | undefined): void {
  try {
    if (copy) store.arrives(copy);
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
  }
}

describe('changes that must be agreed to', () => {
  afterEach(() => vi.useRealTimers());

  it('leave both sides with the same state, whatever step of them stops', async () => {
    const property = fc.asyncProperty(sizes, stops, async (changes, someStops) => {
      const left = [...someStops];
      let clock = 0;
      const now = () => (clock += 1);
      const store = new MemoryStore(() => left.shift());
      for (const { size, floor } of changes) {
        store.floor = floor;
        // Leases of before have ended.
        clock += 10_000;
        const outcome = await change(store, now, size);
        if (outcome === 'done') expect(store.history.at(-1)).toMatchObject({ size });
      }
      left.length = 0;
      clock += 10_000;
      const settled = await new PendingChangeRunner(store, now).readCompleted('thing');
      expect(settled?.pending).toBeUndefined();
      expect(store.announced).toEqual(settled?.state);
      const versions = store.history.map(({ version }) => version);
      expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
    });
    await fc.assert(property, { numRuns: 500 });
  });

  it('leave both sides with the same state, whatever of them arrives a second time, and when', async () => {
    const late = fc.array(fc.nat(), { maxLength: 20 });
    const property = fc.asyncProperty(sizes, stops, late, async (changes, someStops, copies) => {
      const left = [...someStops];
      let clock = 0;
      const now = () => (clock += 1);
      const store = new MemoryStore(() => left.shift());
      for (const [at, { size, floor }] of changes.entries()) {
        store.floor = floor;
        clock += 10_000;
        if ((await change(store, now, size)) === 'done') expect(store.announced).toEqual(store.stored.state);
        // By then it would fit.
        store.floor = 0;
        arrivesLate(store, store.sent[(copies[at] ?? 0) % store.sent.length]);
      }
      left.length = 0;
      clock += 10_000;
      const settled = await new PendingChangeRunner(store, now).readCompleted('thing');
      for (const copy of store.sent) arrivesLate(store, copy);
      expect(store.announced).toEqual(settled?.state);
    });
    await fc.assert(property, { numRuns: 500 });
  });

  it('are withdrawn where they are refused, and nobody has their version again', async () => {
    const store = new MemoryStore(() => undefined);
    store.floor = 4;
    expect(await change(store, Date.now, 3)).toBe('refused');
    expect(store.stored).toEqual({ state: { version: 1, size: 5 }, pending: undefined, lastVersion: 2 });
    expect(await change(store, Date.now, 4)).toBe('done');
    expect(store.announced).toEqual({ version: 3, size: 4 });
  });

  it('are not worked at by a second one while the first has its lease', async () => {
    const store = new MemoryStore(() => undefined);
    const pending = { token: 'int_a', state: { version: 2, size: 7 }, actorId: 'usr_1', leasedUntil: 1_000 };
    await store.begin(pending);
    await new PendingChangeRunner(store, () => 999).resume('thing');
    expect([store.announced.version, store.stored.pending?.token]).toEqual([1, 'int_a']);
    await new PendingChangeRunner(store, () => 1_000).resume('thing');
    expect([store.announced.size, store.stored.pending]).toEqual([7, undefined]);
  });

  it.each([-600_000, 600_000])(
    "keep their lease by the store's clock where the wall clock steps by %i ms",
    async (ms) => {
      const store = new MemoryStore(() => undefined);
      let storeTime = Date.now();
      store.now = () => storeTime;
      const pending = {
        token: 'int_a',
        state: { version: 2, size: 7 },
        actorId: 'usr_1',
        leasedUntil: storeTime + 1,
      };
      await store.begin(pending);
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
      await new PendingChangeRunner(store).resume('thing');
      expect([store.announced.version, store.stored.pending?.token]).toEqual([1, 'int_a']);
      storeTime += 1;
      await new PendingChangeRunner(store).resume('thing');
      expect([store.announced.size, store.stored.pending]).toEqual([7, undefined]);
    },
  );

  it('that wait too long for another one are a 503', async () => {
    const store = new MemoryStore(() => undefined);
    let clock = 0;
    const pending = { token: 'int_a', state: { version: 2, size: 7 }, actorId: 'usr_1', leasedUntil: 1e9 };
    await store.begin(pending);
    const waiting = new PendingChangeRunner(store, () => (clock += 1_000)).readCompleted('thing');
    await expect(waiting).rejects.toMatchObject({ status: 503, code: 'service_unavailable' });
  });
});

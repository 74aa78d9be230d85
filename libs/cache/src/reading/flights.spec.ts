import { describe, expect, it } from 'vitest';
import type { CacheRecord, LevelRead } from '../record/cache-record.ts';
import { Flights } from './flights.ts';

const rules = { max: 2, shareBlind: false };

function foundWith(options: Partial<LevelRead> & { epoch?: string } = {}): LevelRead {
  const mark = { epoch: options.epoch ?? '1', link: 0, memory: 0, at: 0 };
  return { record: undefined, level: 'l2', floor: {}, mark, blind: false, ...options };
}

/** Loads whose ends the test decides. */
function controlled() {
  const ends: ((record: CacheRecord | Error) => void)[] = [];
  const begin = (): Promise<CacheRecord> =>
    new Promise((resolve, reject) => {
      ends.push((outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome)));
    });
  return { ends, begin };
}

const version = (v: number): CacheRecord => ({ versions: { v }, body: undefined, freshUntil: 0 });

describe('Flights', () => {
  it('shares one load among all who miss a key meanwhile', async () => {
    const flights = new Flights(rules);
    const { ends, begin } = controlled();
    const all = Array.from({ length: 50 }, () => flights.join('a', foundWith(), begin));
    expect(ends.length).toBe(1);
    ends[0]?.(version(1));
    for (const record of await Promise.all(all)) expect(record.versions).toEqual({ v: 1 });
    expect(flights.active).toBe(0);
  });

  it('loads again for who knows of a write that the shared load does not', async () => {
    const flights = new Flights(rules);
    const { ends, begin } = controlled();
    const early = flights.join('a', foundWith(), begin);
    const late = flights.join('a', foundWith({ floor: { v: 2 } }), begin);
    const later = flights.join('a', foundWith({ floor: { v: 2 } }), begin);
    ends[0]?.(version(1));
    expect((await early).versions).toEqual({ v: 1 });
    await expect.poll(() => ends.length).toBe(2);
    ends[1]?.(version(2));
    expect((await late).versions).toEqual({ v: 2 });
    expect((await later).versions).toEqual({ v: 2 });
    expect(ends.length).toBe(2);
  });

  it.each([
    ['another epoch was read', foundWith({ epoch: '2' })],
    ['Redis could not be asked', foundWith({ blind: true })],
  ])('shares no load that began before: %s', async (_why, found) => {
    const flights = new Flights(rules);
    const { ends, begin } = controlled();
    const early = flights.join('a', foundWith(), begin);
    const late = flights.join('a', found, begin);
    expect(ends.length).toBe(2);
    ends[0]?.(version(1));
    ends[1]?.(version(2));
    expect([(await early).versions, (await late).versions]).toEqual([{ v: 1 }, { v: 2 }]);
  });

  it('shares blindly where the cache allows it', async () => {
    const flights = new Flights({ ...rules, shareBlind: true });
    const { ends, begin } = controlled();
    const both = [1, 2].map(() => flights.join('a', foundWith({ blind: true }), begin));
    expect(ends.length).toBe(1);
    ends[0]?.(version(1));
    await Promise.all(both);
  });

  it('refuses more loads than it may have under way, at once', async () => {
    const flights = new Flights(rules);
    const { ends, begin } = controlled();
    const running = ['a', 'b'].map((key) => flights.join(key, foundWith(), begin));
    await expect(flights.join('c', foundWith(), begin)).rejects.toMatchObject({
      status: 503,
      code: 'overloaded',
    });
    for (const end of ends) end(version(1));
    await Promise.all(running);
    const next = flights.join('c', foundWith(), begin);
    ends[2]?.(version(1));
    await next;
  });

  it('fails all who joined a load that fails, and nobody after', async () => {
    const flights = new Flights(rules);
    const { ends, begin } = controlled();
    const both = [1, 2].map(() => flights.join('a', foundWith(), begin));
    ends[0]?.(new Error('down'));
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const next = flights.join('a', foundWith(), begin);
    ends[1]?.(version(1));
    expect((await next).versions).toEqual({ v: 1 });
  });
});

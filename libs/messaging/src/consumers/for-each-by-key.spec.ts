import fc from 'fast-check';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { forEachByKey } from './for-each-by-key.ts';

interface Item {
  key: string;
  at: number;
}

describe('work by key', () => {
  it('keeps the order of each key, does everything once, and never more at a time than allowed', async () => {
    const items = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(items, fc.integer({ min: 1, max: 6 }), async (keys, limit) => {
        const all: Item[] = keys.map((key, at) => ({ key, at }));
        const done: Item[] = [];
        const running = new Set<string>();
        let most = 0;
        await forEachByKey(
          all,
          ({ key }) => key,
          limit,
          async (item) => {
            expect(running.has(item.key)).toBe(false);
            running.add(item.key);
            most = Math.max(most, running.size);
            await turn();
            running.delete(item.key);
            done.push(item);
            return true;
          },
        );
        expect(most).toBeLessThanOrEqual(limit);
        expect(done).toHaveLength(all.length);
        for (const key of new Set(keys)) {
          const places = done.filter((item) => item.key === key).map(({ at }) => at);
          expect(places).toEqual(places.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  it('ends the work of a key that cannot go on, and no other', async () => {
    const seen: string[] = [];
    await forEachByKey(
      ['a1', 'b1', 'a2', 'b2', 'a3'],
      (item) => item.slice(0, 1),
      2,
      (item) => {
        seen.push(item);
        return Promise.resolve(item !== 'a2');
      },
    );
    expect(seen.sort()).toEqual(['a1', 'a2', 'b1', 'b2']);
  });

  it('gives an error only after everything else has ended', async () => {
    let ended = false;
    const work = async (item: string) => {
      if (item === 'bad') throw new Error('broken');
      await turn();
      ended = true;
      return true;
    };
    await expect(forEachByKey(['bad', 'good'], (item) => item, 2, work)).rejects.toThrow('broken');
    expect(ended).toBe(true);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keys } from '../keys/cache-keys.ts';
import { CachedBody } from '../record/cached-body.ts';
import { memoryUnderTest } from '../testing/memory-under-test.ts';
import { redisUnderTest } from '../testing/redis-under-test.ts';

const thing = keys('agree', { thing: '{run}' }).thing;
const versions = fc.dictionary(fc.constantFrom('fall', 'spring', 'a=b,c d', 'v'), fc.nat(3), { maxKeys: 3 });
const huge = fc.constant({ v: Number.MAX_SAFE_INTEGER, fall: 2 ** 52 + 1 });
const step = fc.record({
  kind: fc.constantFrom('put', 'invalidate'),
  versions: fc.oneof({ weight: 20, arbitrary: versions }, { weight: 1, arbitrary: huge }),
});

describe('the script in Redis and the memory', () => {
  it('judge every put and every tombstone alike', async () => {
    const [memory, redis] = [await memoryUnderTest(), await redisUnderTest()];
    let run = 0;
    const property = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const key = thing({ run: ++run });
      for (const { kind, versions: vector } of steps) {
        const record = { versions: vector, body: CachedBody.of('x'), freshUntil: redis.now() + 60_000 };
        const outcomes = [];
        for (const { level } of [memory, redis]) {
          const { mark } = await level.read(key);
          if (kind === 'put') outcomes.push((await level.put(key, record, mark)).outcome);
          else outcomes.push(await level.invalidate(key, vector));
        }
        expect(outcomes[1]).toEqual(outcomes[0]);
        const [near, far] = [await memory.level.read(key), await redis.level.read(key)];
        expect(known(far.floor)).toEqual(known(near.floor));
        expect(far.record === undefined).toBe(near.record === undefined);
      }
    });
    await fc.assert(property, { numRuns: 200 });
    await redis.close();
  });
});

/** A component of 0 says as much as one that is not there. */
function known(vector: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(vector).filter(([, version]) => version > 0));
}

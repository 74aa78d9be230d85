import { describe, expect, it } from 'vitest';
import { ConditionFailed, StoreUnavailable, TransactionCancelled } from './dynamo.errors.ts';
import { retryOnConflict } from './retry-on-conflict.ts';

const cancelled = (...codes: string[]) => new TransactionCancelled(codes.map((code) => ({ code })));

/** Work that fails with each of `errors` before it succeeds. */
function failing(...errors: Error[]) {
  let runs = 0;
  const work = () => {
    const error = errors[runs++];
    return error ? Promise.reject(error) : Promise.resolve(runs);
  };
  return { work, runs: () => runs };
}

describe('optimistic concurrency', () => {
  it('decides again after every lost race', async () => {
    const lost = [cancelled('ConditionalCheckFailed'), cancelled('TransactionConflict')];
    const { work } = failing(...lost, new ConditionFailed(undefined, false));
    expect(await retryOnConflict(work)).toBe(4);
  });

  it('ends with 503 where every race is lost', async () => {
    const { work, runs } = failing(...Array.from({ length: 9 }, () => cancelled('ConditionalCheckFailed')));
    await expect(retryOnConflict(work, { maxAttempts: 3 })).rejects.toThrow(StoreUnavailable);
    expect(runs()).toBe(3);
  });

  it.each([cancelled('ConditionalCheckFailed', 'ValidationError'), new TypeError('a bug')])(
    'does not repeat what another try does not change (%#)',
    async (error) => {
      const { work, runs } = failing(error);
      await expect(retryOnConflict(work)).rejects.toBe(error);
      expect(runs()).toBe(1);
    },
  );
});

import { describe, expect, it } from 'vitest';
import { StreamLimiter } from './stream-limiter.ts';

const limits = {
  perInstance: 3,
  perUser: 2,
  perAddress: 1,
  tooManyDetail: 'Too many.',
  overloadedRetrySeconds: 2,
};

describe('StreamLimiter', () => {
  it('limits users and addresses, and frees a place once', () => {
    const counts: number[] = [];
    const limiter = new StreamLimiter(limits, (open) => counts.push(open));
    const release = limiter.admit({ userId: 'u', address: 'a' });
    limiter.admit({ userId: 'u' });
    expect(() => limiter.admit({ userId: 'u' })).toThrow(
      expect.objectContaining({ code: 'too_many_streams' }),
    );
    release();
    release();
    limiter.admit({ address: 'a' });
    expect(() => limiter.admit({ address: 'a' })).toThrow(expect.objectContaining({ status: 429 }));
    expect(counts).toEqual([1, 2, 1, 2]);
  });

  it('limits the instance for all clients together, and admits none after its end', () => {
    const limiter = new StreamLimiter(limits, () => undefined);
    const releases = [limiter.admit({}), limiter.admit({}), limiter.admit({})];
    const refusal = expect.objectContaining({
      code: 'overloaded',
      extras: { headers: { 'retry-after': '2' } },
    });
    expect(() => limiter.admit({})).toThrow(refusal);
    for (const release of releases) release();
    limiter.close();
    expect(() => limiter.admit({})).toThrow(refusal);
  });
});

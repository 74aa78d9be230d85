import { describe, expect, it, vi } from 'vitest';
import { InFlight } from './in-flight.ts';

const request = { id: 'one', fingerprint: 'f' };

function pending<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((resolveIt, rejectIt) => {
    resolve = resolveIt;
    reject = rejectIt;
  });
  return { promise, resolve, reject };
}

describe('twins on one instance', () => {
  it('share the work of the first', async () => {
    const inFlight = new InFlight<string>();
    const work = pending<string>();
    const first = inFlight.run(request, () => work.promise);
    const second = inFlight.run(request, () => Promise.resolve('worked twice'));
    work.resolve('done');
    expect(await first).toEqual({ outcome: 'done', twin: false });
    expect(await second).toEqual({ outcome: 'done', twin: true });
  });

  it('do not wait for other requests', async () => {
    const inFlight = new InFlight<string>();
    void inFlight.run(request, () => new Promise(() => undefined));
    const other = await inFlight.run({ id: 'other', fingerprint: 'f' }, () => Promise.resolve('at once'));
    expect(other.outcome).toBe('at once');
  });

  it('take over one after the other when the first fails', async () => {
    const inFlight = new InFlight<string>();
    const work = pending<string>();
    const first = inFlight.run(request, () => work.promise);
    const heir = vi.fn(() => Promise.resolve('heir'));
    const others = [inFlight.run(request, heir), inFlight.run(request, heir), inFlight.run(request, heir)];
    work.reject(new Error('503'));
    await expect(first).rejects.toThrow('503');
    const outcomes = await Promise.all(others);
    expect(heir).toHaveBeenCalledTimes(1);
    expect(outcomes.map(({ twin }) => twin).sort()).toEqual([false, true, true]);
  });

  it('are told to come again when they waited long enough', async () => {
    const inFlight = new InFlight<string>(20);
    void inFlight.run(request, () => new Promise(() => undefined));
    await expect(inFlight.run(request, () => Promise.resolve('x'))).rejects.toMatchObject({
      status: 409,
      code: 'request_in_progress',
      extras: { headers: { 'retry-after': '1' } },
    });
  });

  it('are refused at once when their body differs', async () => {
    const inFlight = new InFlight<string>();
    void inFlight.run(request, () => new Promise(() => undefined));
    const other = inFlight.run({ id: 'one', fingerprint: 'g' }, () => Promise.resolve('x'));
    await expect(other).rejects.toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  });

  it('are forgotten when their work is over', async () => {
    const inFlight = new InFlight<string>();
    await inFlight.run(request, () => Promise.resolve('first'));
    expect(await inFlight.run(request, () => Promise.resolve('second'))).toEqual({
      outcome: 'second',
      twin: false,
    });
  });
});

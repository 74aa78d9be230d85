import { describe, expect, it, vi } from 'vitest';
import { ConcurrentDuplicates } from './concurrent-duplicates.ts';

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

describe('duplicates on one instance', () => {
  it('share the work of the first', async () => {
    const duplicates = new ConcurrentDuplicates<string>();
    const work = pending<string>();
    const first = duplicates.share(request, () => work.promise);
    const second = duplicates.share(request, () => Promise.resolve('worked twice'));
    work.resolve('done');
    expect(await first).toEqual({ outcome: 'done', isDuplicate: false });
    expect(await second).toEqual({ outcome: 'done', isDuplicate: true });
  });

  it('do not wait for other requests', async () => {
    const duplicates = new ConcurrentDuplicates<string>();
    void duplicates.share(request, () => new Promise(() => undefined));
    const other = await duplicates.share({ id: 'other', fingerprint: 'f' }, () => Promise.resolve('at once'));
    expect(other.outcome).toBe('at once');
  });

  it('take over one after the other when the first fails', async () => {
    const duplicates = new ConcurrentDuplicates<string>();
    const work = pending<string>();
    const first = duplicates.share(request, () => work.promise);
    const heir = vi.fn(() => Promise.resolve('heir'));
    const others = [
      duplicates.share(request, heir),
      duplicates.share(request, heir),
      duplicates.share(request, heir),
    ];
    work.reject(new Error('503'));
    await expect(first).rejects.toThrow('503');
    const outcomes = await Promise.all(others);
    expect(heir).toHaveBeenCalledTimes(1);
    expect(outcomes.map(({ isDuplicate }) => isDuplicate).sort()).toEqual([false, true, true]);
  });

  it('are told to come again when they waited long enough', async () => {
    const duplicates = new ConcurrentDuplicates<string>(20);
    void duplicates.share(request, () => new Promise(() => undefined));
    await expect(duplicates.share(request, () => Promise.resolve('x'))).rejects.toMatchObject({
      status: 409,
      code: 'request_in_progress',
      extras: { headers: { 'retry-after': '1' } },
    });
  });

  it('are refused at once when their body differs', async () => {
    const duplicates = new ConcurrentDuplicates<string>();
    void duplicates.share(request, () => new Promise(() => undefined));
    const other = duplicates.share({ id: 'one', fingerprint: 'g' }, () => Promise.resolve('x'));
    await expect(other).rejects.toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  });

  it('are forgotten when their work is over', async () => {
    const duplicates = new ConcurrentDuplicates<string>();
    await duplicates.share(request, () => Promise.resolve('first'));
    expect(await duplicates.share(request, () => Promise.resolve('second'))).toEqual({
      outcome: 'second',
      isDuplicate: false,
    });
  });
});

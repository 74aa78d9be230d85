import { describe, expect, it } from 'vitest';
import { within } from './time-limit.ts';

describe('within', () => {
  it('gives the value, or the reason of a rejection, in time', async () => {
    expect(await within(1_000, Promise.resolve(1))).toEqual({ ok: true, value: 1 });
    const reason = new Error('refused');
    expect(await within(1_000, Promise.reject(reason))).toEqual({ ok: false, late: false, reason });
  });

  it('is late after the limit', async () => {
    const never = new Promise<never>(() => undefined);
    expect(await within(5, never)).toMatchObject({ ok: false, late: true });
  });

  it('takes what was delivered while the process itself was busy beyond the limit', async () => {
    const delivered = new Promise<string>((resolve) => setTimeout(() => setImmediate(resolve, 'in time'), 1));
    const outcome = within(5, delivered);
    const end = performance.now() + 30;
    while (performance.now() < end);
    expect(await outcome).toEqual({ ok: true, value: 'in time' });
  });
});

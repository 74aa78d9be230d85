import { describe, expect, it, onTestFinished } from 'vitest';
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

  it('begins again when the process was kept from running, but not for ever', async () => {
    const busy = (): void => {
      const end = performance.now() + 30;
      while (performance.now() < end);
    };
    const soon = new Promise<string>((resolve) => setTimeout(() => setTimeout(resolve, 3, 'after all'), 1));
    const outcome = within(10, soon);
    busy();
    expect(await outcome).toEqual({ ok: true, value: 'after all' });
    const never = within(10, new Promise<never>(() => undefined));
    const starving = setInterval(busy, 1);
    onTestFinished(() => clearInterval(starving));
    expect(await never).toMatchObject({ ok: false, late: true });
  });
});

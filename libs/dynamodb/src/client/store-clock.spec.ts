import { describe, expect, it } from 'vitest';
import { StoreClock } from './store-clock.ts';

const hour = 3_600_000;
const start = Date.parse('2026-09-01T08:00:00.000Z');

/** A process whose clock is wrong by `skewMs`, and a store whose clock is right. */
function processWith(skewMs: number) {
  let now = start;
  const clock = new StoreClock(() => now + skewMs);
  const ask = (wayMs = 4, storeStepMs = 0) => {
    const sentAt = clock.sendTime();
    now += wayMs / 2;
    const date = new Date(now + storeStepMs).toUTCString();
    now += wayMs / 2;
    clock.observeAnswer(date, sentAt);
  };
  return { clock, ask, pass: (ms: number) => (now += ms), right: () => now };
}

describe("the store's clock", () => {
  it('is that of this process before the first answer, and where answers do not tell', () => {
    const { clock, right } = processWith(hour);
    clock.observeAnswer(undefined, clock.sendTime());
    clock.observeAnswer('soon', clock.sendTime());
    expect(clock.now()).toBe(right() + hour);
  });

  it.each([-hour, -120_000, 0, 120_000, hour])(
    'is the same on a machine whose clock is off by %i ms',
    (skew) => {
      const { clock, ask, pass, right } = processWith(skew);
      pass(700);
      ask();
      expect(Math.abs(clock.now() - right())).toBeLessThanOrEqual(1_000);
      for (let at = 0; at < 200; at += 1) {
        pass(37);
        ask();
      }
      expect(Math.abs(clock.now() - right())).toBeLessThanOrEqual(50);
    },
  );

  it('is not set back by an answer that was long on its way', () => {
    const { clock, ask, right } = processWith(0);
    ask();
    ask(30_000);
    expect(Math.abs(clock.now() - right())).toBeLessThanOrEqual(1_000);
  });

  it.each([-hour, hour])('follows a store whose clock steps by %i ms', (step) => {
    const { clock, ask, right } = processWith(0);
    ask();
    ask(4, step);
    expect(Math.abs(clock.now() - right() - step)).toBeLessThanOrEqual(2_000);
  });
});

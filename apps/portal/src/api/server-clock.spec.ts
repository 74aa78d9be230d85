import { describe, expect, it } from 'vitest';
import { ServerClock } from './server-clock.ts';

const second = 1_000;
/** An answer of a server whose clock is `offsetMs` ahead, after `wayMs` each way. */
function answer(clock: ServerClock, deviceMs: number, offsetMs: number, wayMs = 20): void {
  const serverMs = deviceMs + wayMs + offsetMs;
  clock.observe(new Date(serverMs).toUTCString(), deviceMs, deviceMs + 2 * wayMs);
}

describe("the server's time", () => {
  it("is the device's own before the first answer, and where a header makes no sense", () => {
    const clock = new ServerClock();
    clock.observe(null, 0, 0);
    clock.observe('yesterday', 0, 0);
    expect(clock.now(5 * second)).toBe(5 * second);
  });

  it.each([0, 3_600_000, -3_600_000, 345])('is within a second after one answer: %d ms ahead', (offsetMs) => {
    const clock = new ServerClock();
    answer(clock, 100 * second, offsetMs);
    expect(Math.abs(clock.now(101 * second) - (101 * second + offsetMs))).toBeLessThanOrEqual(second);
  });

  it('is within 100 ms once answers have come at all parts of a second', () => {
    const clock = new ServerClock();
    for (let at = 0; at < 40; at += 1) answer(clock, 100 * second + at * 1_037, 3_600_345);
    expect(Math.abs(clock.now(200 * second) - (200 * second + 3_600_345))).toBeLessThanOrEqual(100);
  });

  it('follows the newest answer where the clock of the device has jumped', () => {
    const clock = new ServerClock();
    for (let at = 0; at < 40; at += 1) answer(clock, 100 * second + at * 1_037, 0);
    answer(clock, 100 * second, 3_600_000);
    expect(Math.abs(clock.now(100 * second) - (100 * second + 3_600_000))).toBeLessThanOrEqual(second);
  });
});

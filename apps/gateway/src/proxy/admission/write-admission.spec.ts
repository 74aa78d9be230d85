import type { Problem } from '@registrar/service';
import { describe, expect, it } from 'vitest';
import { WriteAdmission } from './write-admission.ts';

/** A service that answers when the test says so. */
function setUp(random = () => 0.999) {
  let nowMs = 0;
  const admission = new WriteAdmission(() => nowMs, random);
  const waiting: (() => void)[] = [];
  let calls = 0;
  const write = () =>
    admission.admit(() => {
      calls += 1;
      return new Promise<string>((resolve) => waiting.push(() => resolve('written')));
    });
  const answer = async (count: number) => {
    for (const resolve of waiting.splice(0, count)) resolve();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const pass = (ms: number) => (nowMs += ms);
  return { write, answer, pass, calls: () => calls, underWay: () => waiting.length };
}

/** As many as come in a second, of which the service answers so many, for some seconds. */
async function load(system: ReturnType<typeof setUp>, perSecond: number, answered: number, seconds: number) {
  const refusals: Problem[] = [];
  for (let half = 0; half < seconds * 2; half += 1) {
    for (let index = 0; index < perSecond / 2; index += 1)
      system.write().catch((error: unknown) => refusals.push(error as Problem));
    await system.answer(answered / 2);
    system.pass(500);
  }
  return refusals;
}

describe('WriteAdmission', () => {
  it('takes a rush of hundreds that nothing is known of yet', () => {
    const system = setUp();
    for (let index = 0; index < 600; index += 1) void system.write();
    expect(system.calls()).toBe(600);
  });

  it('takes such a rush again after a calm span, however slow the service was before', async () => {
    const system = setUp();
    await load(system, 200, 50, 5);
    await system.answer(system.underWay());
    system.pass(500);
    await load(system, 2, 2, 1);
    const before = system.calls();
    for (let index = 0; index < 600; index += 1) void system.write();
    expect(system.calls() - before).toBe(600);
  });

  it('lets no more wait than the service answers in a second and a half, and refuses the others without a call', async () => {
    const system = setUp();
    const refusals = await load(system, 200, 50, 10);
    expect(system.underWay()).toBeGreaterThanOrEqual(50);
    expect(system.underWay()).toBeLessThanOrEqual(1.5 * 50 + 200 / 2);
    expect(refusals.length).toBe(2_000 - system.calls());
    expect(refusals[0]).toMatchObject({ status: 503, code: 'overloaded' });
  });

  it('spreads the retries of those who were refused over the time that the service needs for them', async () => {
    const refusals = await load(setUp(), 200, 50, 10);
    const last = Number(refusals.at(-1)?.extras.headers?.['retry-after']);
    expect(last).toBeGreaterThan(2);
    expect(last).toBeLessThanOrEqual(31);
    const first = await load(
      setUp(() => 0),
      200,
      50,
      10,
    );
    expect(first.at(-1)?.extras.headers?.['retry-after']).toBe('1');
  });

  it('takes writes again as soon as few are under way, however slow the service was', async () => {
    const system = setUp();
    await load(system, 200, 10, 5);
    await system.answer(system.underWay());
    const before = system.calls();
    for (let index = 0; index < 32; index += 1) void system.write();
    expect(system.calls() - before).toBe(32);
  });
});

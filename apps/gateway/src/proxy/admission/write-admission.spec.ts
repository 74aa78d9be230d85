import type { Problem } from '@registrar/service';
import { describe, expect, it } from 'vitest';
import { WriteAdmission } from './write-admission.ts';
import type { WritePool } from './write-admission.ts';

const hot = 'hot';

/** A service that answers when the test says so. */
function setUp(random = () => 0.999) {
  let nowMs = 0;
  const admission = new WriteAdmission(() => nowMs, random);
  const waiting: (() => void)[] = [];
  const pools: WritePool[] = [];
  const write = (key = hot) =>
    admission.admit(key, (pool) => {
      pools.push(pool);
      return new Promise<string>((resolve) => waiting.push(() => resolve('written')));
    });
  const answer = async (count: number) => {
    for (const resolve of waiting.splice(0, count)) resolve();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const pass = (ms: number) => (nowMs += ms);
  return { write, answer, pass, pools, calls: () => pools.length, underWay: () => waiting.length };
}

/** As many as come in a second, of which the service answers so many, for some seconds. */
async function load(
  system: ReturnType<typeof setUp>,
  [perSecond, answered]: readonly [perSecond: number, answered: number],
  seconds: number,
  keyOf = (_at: number) => hot,
) {
  const refusals: Problem[] = [];
  let at = 0;
  for (let half = 0; half < seconds * 2; half += 1) {
    for (let index = 0; index < perSecond / 2; index += 1)
      system.write(keyOf(at++)).catch((error: unknown) => refusals.push(error as Problem));
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
    await load(system, [200, 50], 5);
    await system.answer(system.underWay());
    system.pass(500);
    await load(system, [2, 2], 1);
    const before = system.calls();
    for (let index = 0; index < 600; index += 1) void system.write();
    expect(system.calls() - before).toBe(600);
  });

  it('lets no more wait than the service answers in a second and a half, and refuses the others without a call', async () => {
    const system = setUp();
    const refusals = await load(system, [200, 50], 10);
    expect(system.underWay()).toBeGreaterThanOrEqual(50);
    expect(system.underWay()).toBeLessThanOrEqual(1.5 * 50 + 200 / 2);
    expect(refusals.length).toBe(2_000 - system.calls());
    expect(refusals[0]).toMatchObject({ status: 503, code: 'overloaded' });
  });

  it('spreads the retries of those who were refused over the time that the service needs for them', async () => {
    const refusals = await load(setUp(), [200, 50], 10);
    const last = Number(refusals.at(-1)?.extras.headers?.['retry-after']);
    expect(last).toBeGreaterThan(2);
    expect(last).toBeLessThanOrEqual(31);
    const first = await load(
      setUp(() => 0),
      [200, 50],
      10,
    );
    expect(first.at(-1)?.extras.headers?.['retry-after']).toBe('1');
  });

  it('takes writes again as soon as few are under way, however slow the service was', async () => {
    const system = setUp();
    await load(system, [200, 10], 5);
    await system.answer(system.underWay());
    const before = system.calls();
    for (let index = 0; index < 32; index += 1) void system.write();
    expect(system.calls() - before).toBe(32);
  });

  it('takes a write of another course at once, and beside those that wait, however long a rush on one takes', async () => {
    const system = setUp();
    for (let index = 0; index < 600; index += 1) void system.write();
    await load(system, [4, 20], 5);
    await expect(system.write()).rejects.toMatchObject({ status: 503 });
    const before = system.calls();
    for (let index = 0; index < 3; index += 1) void system.write('other').catch(() => undefined);
    expect(system.pools.slice(before)).toEqual(['light', 'light']);
    for (let course = 0; course < 20; course += 1) void system.write(`course-${course}`);
    expect(system.pools.slice(before + 2)).toEqual(Array(20).fill('light'));
  });

  it('has room for other courses beside the largest rush, and for no more of that', async () => {
    const system = setUp();
    for (let index = 0; index < 602; index += 1) void system.write();
    await expect(system.write()).rejects.toMatchObject({ status: 503, code: 'overloaded' });
    void system.write('other');
    expect(system.pools.filter((pool) => pool === 'heavy')).toHaveLength(600);
    expect(system.pools.at(-1)).toBe('light');
  });

  it('admits by the expected wait where hundreds of courses have writes', async () => {
    const system = setUp();
    const refusals = await load(system, [200, 50], 10, (at) => `course-${at % 400}`);
    expect(refusals.length).toBe(2_000 - system.calls());
    expect(system.underWay()).toBeLessThanOrEqual(1.5 * 50 + 200 / 2);
    expect(refusals.length).toBeGreaterThan(1_000);
    expect(system.pools.slice(-50)).toEqual(Array(50).fill('heavy'));
  });

  it('takes next to none of one course as light again once those before are answered', async () => {
    const system = setUp();
    for (let round = 0; round < 3; round += 1) {
      for (let index = 0; index < 2; index += 1) void system.write();
      await system.answer(2);
    }
    expect(system.pools).toEqual(Array(6).fill('light'));
  });
});

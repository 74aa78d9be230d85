import { describe, expect, it } from 'vitest';
import type { Sabotage } from './sabotage/sabotage.ts';
import { proveSmall } from './testing/prove-small.ts';

/** Enough for each fault to be met many times; the rest of a proof is waiting. */
const workload = ['--seed', '2028', '--seconds', '5', '--chaos', 'none'];

describe('a small proof', () => {
  it.each<[Sabotage, caughtBy: string]>([
    ['no-condition', 'counts'],
    ['ack-before-commit', 'acknowledged'],
    ['lost-outbox', 'sequences'],
    ['stale-cache', 'own-writes'],
  ])('catches %s, by %s', async (sabotage, caughtBy) => {
    const { broken, report } = await proveSmall(sabotage, [...workload, '--sabotage', sabotage]);
    expect(broken, report).toContain(caughtBy);
    expect(report).toMatch(/BROKEN/);
  });
});

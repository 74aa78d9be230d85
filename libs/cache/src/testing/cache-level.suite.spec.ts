import { describe, expect, it } from 'vitest';
import { brokenLevels } from './broken-levels.ts';
import { levelPromises } from './cache-level.suite.ts';
import type { MakeLevel } from './level-under-test.ts';
import { anyHistory } from './random-histories.ts';

/** The promises that a level breaks. */
async function brokenPromises(makeLevel: MakeLevel): Promise<string[]> {
  const broken: string[] = [];
  for (const promise of levelPromises) {
    const subject = await makeLevel();
    await promise.check(subject).catch(() => broken.push(promise.name));
  }
  return broken;
}

describe('cacheLevelSuite', () => {
  it.each(Object.entries(brokenLevels))('bites a level that is broken: %s', async (name, makeLevel) => {
    const expected: Record<string, RegExp> = {
      plainMap: /never lets an older record replace a newer one/,
      ignoresVersions: /never lets an older record replace a newer one/,
      forgetsTombstones: /refuses a load that began before the write/,
      tombstonesExpireEarly: /remembers a tombstone/,
      keepsMissingOut: /missing/,
      servesOtherEpoch: /from before it was made void/,
      ignoresMarks: /what was read before it was made void/,
      lastOfTwoWins: /serves neither of two records/,
      dropsTheNewer: /leaves a record that knows the write/,
      neverForgets: /for 60 s/,
    };
    expect((await brokenPromises(makeLevel)).join('\n')).toMatch(
      expected[name] ?? /nothing expected of this double/,
    );
  });

  it.each(['plainMap', 'ignoresMarks', 'ignoresVersions', 'forgetsTombstones'])(
    'finds a random history that breaks %s',
    async (name) => {
      const subject = await brokenLevels[name]?.();
      await expect(subject && anyHistory(5_000, 20_260_101).check(subject)).rejects.toThrow(
        /Property failed/,
      );
    },
  );
});

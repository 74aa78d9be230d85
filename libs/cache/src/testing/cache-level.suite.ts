import { describe, it } from 'vitest';
import { invalidating, keeping, recovering, replacing, type LevelPromise } from './cache-level.contract.ts';
import type { MakeLevel } from './level-under-test.ts';
import { anyHistory } from './random-histories.ts';

/** Every promise of a `CacheLevel`. */
export const levelPromises: readonly LevelPromise[] = [
  ...keeping,
  ...replacing,
  ...invalidating,
  ...recovering,
  anyHistory(),
];

/** The contract of `CacheLevel` as tests: every implementation passes it, every broken one fails it. */
export function cacheLevelSuite(name: string, makeLevel: MakeLevel): void {
  describe(`${name} as a cache level`, () => {
    for (const promise of levelPromises) {
      it(promise.name, async () => {
        const subject = await makeLevel();
        try {
          await promise.check(subject);
        } finally {
          await subject.close();
        }
      });
    }
  });
}

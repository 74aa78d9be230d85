import type { CacheLevel } from '../levels/cache-level.ts';
import type { CacheKey } from '../keys/cache-keys.ts';

/** A level as the suite tries it. */
export interface LevelUnderTest {
  readonly level: CacheLevel;
  /** Wall clock of the level, ms. */
  now(): number;
  /** Lets time pass for the level and for what it keeps under these keys. */
  elapse(ms: number, keys: readonly CacheKey[]): Promise<void>;
  /** Makes the level void as after a lost connection: by the epoch, or by emptying a memory. */
  makeVoid(): Promise<void>;
  close(): Promise<void>;
}

/** Makes a level that holds nothing. */
export type MakeLevel = () => Promise<LevelUnderTest>;

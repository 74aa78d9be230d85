import { MemoryLevel } from '../levels/memory-level.ts';
import type { LevelUnderTest } from './level-under-test.ts';

/** A memory level with a clock of its own. */
export async function memoryUnderTest(): Promise<LevelUnderTest> {
  let now = Date.now();
  const level = new MemoryLevel({ maxEntries: 10_000, maxBytes: 10_000_000, now: () => now });
  return {
    level,
    now: () => now,
    elapse: async (ms) => void (now += ms),
    makeVoid: async () => level.drop(),
    close: async () => undefined,
  };
}

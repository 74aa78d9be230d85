import { LRUCache } from 'lru-cache';
import { MemoryLevel } from '../levels/memory-level.ts';
import type { CacheLevel } from '../levels/cache-level.ts';
import type { CacheKey } from '../keys/cache-keys.ts';
import type { CacheRecord, LevelRead, LoadMark, PutResult } from '../record/cache-record.ts';
import { dominates, type VersionVector } from '../versions/version-vector.rules.ts';
import type { LevelUnderTest, MakeLevel } from './level-under-test.ts';

type Change = (level: MemoryLevel, clock: { now: number }) => Partial<CacheLevel> & { drop?: () => void };

/** A memory level with some of its methods replaced by worse ones. */
function broken(change: Change): MakeLevel {
  return async (): Promise<LevelUnderTest> => {
    const clock = { now: Date.now() };
    const memory = new MemoryLevel({ maxEntries: 10_000, maxBytes: 10_000_000, now: () => clock.now });
    const worse = change(memory, clock);
    const level: CacheLevel = {
      mark: worse.mark ?? (() => memory.mark()),
      read: worse.read ?? ((key) => memory.read(key)),
      put: worse.put ?? ((key, record, mark) => memory.put(key, record, mark)),
      invalidate: worse.invalidate ?? ((key, versions) => memory.invalidate(key, versions)),
    };
    return {
      level,
      now: () => clock.now,
      elapse: async (ms) => void (clock.now += ms),
      makeVoid: async () => (worse.drop ? worse.drop() : memory.drop()),
      close: async () => undefined,
    };
  };
}

const nothing: VersionVector = {};

/** The last put wins, as in most caches: a map, and a delete. */
const plainMap = broken((memory) => {
  const records = new LRUCache<string, CacheRecord>({ max: 10_000 });
  return {
    read: (key): LevelRead => {
      const record = records.get(key);
      return { record, level: 'l1', floor: record?.versions ?? nothing, mark: memory.mark(), blind: false };
    },
    put: (key: CacheKey, record: CacheRecord): PutResult => {
      records.set(key, record);
      return { outcome: 'stored', floor: record.versions };
    },
    invalidate: (key) => records.delete(key) || true,
    drop: () => records.clear(),
  };
});

/** A put that is a plain overwrite of whatever is there. */
const ignoresVersions = broken((memory) => ({
  put: (key, record, mark) => {
    const { floor } = memory.read(key);
    const highest = { ...floor, ...record.versions };
    for (const name in floor) highest[name] = Math.max(floor[name] ?? 0, record.versions[name] ?? 0);
    return memory.put(key, { ...record, versions: highest }, mark);
  },
}));

/** An invalidation that deletes, and leaves nothing behind. */
const forgetsTombstones = broken((memory) => {
  const records = new LRUCache<string, CacheRecord>({ max: 10_000 });
  return {
    read: (key): LevelRead => {
      const record = records.get(key);
      return { record, level: 'l1', floor: record?.versions ?? nothing, mark: memory.mark(), blind: false };
    },
    put: (key, record, mark): PutResult => {
      if (mark.memory !== memory.mark().memory) return { outcome: 'refused', floor: nothing };
      const known = records.get(key)?.versions ?? nothing;
      if (!dominates(record.versions, known)) return { outcome: 'older', floor: known };
      records.set(key, record);
      return { outcome: 'stored', floor: record.versions };
    },
    invalidate: (key, versions) => {
      if (!dominates(records.get(key)?.versions ?? nothing, versions)) records.delete(key);
      return true;
    },
    drop: () => {
      memory.drop();
      records.clear();
    },
  };
});

/** Tombstones that are gone after a second. */
const tombstonesExpireEarly = broken((memory, clock) => {
  const buried = new Map<string, number>();
  return {
    invalidate: (key, versions) => {
      buried.set(key, clock.now);
      return memory.invalidate(key, versions);
    },
    put: (key, record, mark) => {
      if (clock.now - (buried.get(key) ?? Infinity) > 1_000) memory.drop();
      return memory.put(key, record, { ...mark, memory: memory.mark().memory });
    },
  };
});

/** A store that, as cache-manager does, does not keep the knowledge that a thing is missing. */
const keepsMissingOut = broken((memory) => ({
  put: (key, record, mark) =>
    record.body ? memory.put(key, record, mark) : { outcome: 'stored', floor: record.versions },
}));

/** Records that survive a lost connection. */
const servesOtherEpoch = broken(() => ({ drop: () => undefined }));

/** Loads that survive a lost connection. */
const ignoresMarks = broken((memory, clock) => ({
  put: (key: CacheKey, record: CacheRecord, _mark: LoadMark) =>
    memory.put(key, record, { ...memory.mark(), at: clock.now }),
}));

/** Of two concurrent records, the later one wins. */
const lastOfTwoWins = broken((memory) => ({
  put: (key, record, mark) => {
    const { floor } = memory.read(key);
    const conflict = !dominates(record.versions, floor) && !dominates(floor, record.versions);
    if (!conflict) return memory.put(key, record, mark);
    memory.put(key, { ...record, versions: { ...floor, ...record.versions } }, mark);
    return { outcome: 'stored', floor: record.versions };
  },
}));

/** An invalidation that arrives late removes a record that contains the write. */
const dropsTheNewer = broken((memory) => ({
  invalidate: (key, versions) => {
    const { floor } = memory.read(key);
    return memory.invalidate(key, { ...floor, ...versions, dropped: 1 });
  },
}));

/** Expired records that are served for ever. */
const neverForgets = broken((memory, clock) => {
  const kept = new Map<string, CacheRecord>();
  return {
    put: (key, record, mark) => {
      const result = memory.put(key, record, mark);
      if (result.outcome === 'stored') kept.set(key, record);
      return result;
    },
    read: (key) => {
      const found = memory.read(key);
      const late = kept.get(key);
      return found.record || !late || late.freshUntil > clock.now ? found : { ...found, record: late };
    },
  };
});

/** Levels that each break a promise: the suite must find every one of them out. */
export const brokenLevels: Readonly<Record<string, MakeLevel>> = {
  plainMap,
  ignoresVersions,
  forgetsTombstones,
  tombstonesExpireEarly,
  keepsMissingOut,
  servesOtherEpoch,
  ignoresMarks,
  lastOfTwoWins,
  dropsTheNewer,
  neverForgets,
};

import type { CacheLevel } from '../levels/cache-level.ts';
import { MemoryLevel } from '../levels/memory-level.ts';
import type { CacheKey } from '../keys/cache-keys.ts';
import type { CacheRecord, LevelRead, LoadMark, PutResult } from '../record/cache-record.ts';
import { nothingKnown, type VersionVector } from '../versions/version-vector.rules.ts';

/** A shared level without Redis: what it holds can be looked at, and it can be away. */
export class SharedDouble implements CacheLevel {
  away = false;
  reads = 0;
  readonly held: MemoryLevel;

  constructor(now: () => number) {
    this.held = new MemoryLevel({ maxEntries: 10_000, maxBytes: 10_000_000, now });
  }

  mark(): LoadMark {
    return this.held.mark();
  }

  async read(key: CacheKey): Promise<LevelRead> {
    this.reads += 1;
    await Promise.resolve();
    const found = this.held.read(key);
    if (!this.away) return { ...found, level: 'l2' };
    return { record: undefined, level: 'l2', floor: nothingKnown, mark: found.mark, blind: true };
  }

  async put(key: CacheKey, record: CacheRecord, mark: LoadMark): Promise<PutResult> {
    await Promise.resolve();
    return this.away ? { outcome: 'unavailable', floor: nothingKnown } : this.held.put(key, record, mark);
  }

  async invalidate(key: CacheKey, versions: VersionVector): Promise<boolean> {
    await Promise.resolve();
    return !this.away && this.held.invalidate(key, versions);
  }
}

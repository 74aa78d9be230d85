import { SingleFlight } from '@registrar/async';
import type { CacheKey } from '../keys/cache-keys.ts';
import type { CacheRecord, LevelRead, LoadMark, PutResult } from '../record/cache-record.ts';
import { dominates, mergeVersions, type VersionVector } from '../versions/version-vector.rules.ts';
import type { CacheLevel, ReadOptions } from './cache-level.ts';
import type { MemoryLevel } from './memory-level.ts';

/**
 * Memory before a shared level: the memory answers where it can, and learns from what the shared one says.
 *
 * Guarantee: as `CacheLevel`; what the memory has marked as too old is not served although the shared level
 * still has it. Reads of one key that miss the memory at the same time share one read of the shared level.
 * A put that reached the memory only is `unavailable`.
 * Failure: as `CacheLevel`. The memory serves alone while the shared level is away, corrected by
 * `invalidate` alone: it must be called for every write (by the events), not only for this process's.
 */
export class LayeredLevel implements CacheLevel {
  private readonly sharedReads = new SingleFlight<LevelRead, CacheKey>();

  constructor(
    readonly memory: MemoryLevel,
    private readonly shared: CacheLevel,
  ) {}

  mark(): LoadMark {
    return { ...this.shared.mark(), memory: this.memory.mark().memory };
  }

  read(key: CacheKey, options?: ReadOptions): LevelRead | Promise<LevelRead> {
    if (options?.shared) return this.readShared(key);
    const record = this.memory.fresh(key);
    if (record) return { record, level: 'l1', floor: record.versions, mark: this.mark(), blind: false };
    return this.sharedReads.share(key, () => this.readShared(key));
  }

  async put(key: CacheKey, record: CacheRecord, mark: LoadMark): Promise<PutResult> {
    const near = this.memory.put(key, record, mark);
    if (near.outcome === 'older' || near.outcome === 'conflict') return near;
    const far = await this.shared.put(key, record, mark);
    if (far.outcome === 'older' || far.outcome === 'conflict') this.memory.invalidate(key, far.floor);
    return far;
  }

  async invalidate(key: CacheKey, versions: VersionVector): Promise<boolean> {
    this.memory.invalidate(key, versions);
    return this.shared.invalidate(key, versions);
  }

  /** The shared level's answer, unless the memory has it as too old, and kept by the memory. */
  private async readShared(key: CacheKey): Promise<LevelRead> {
    const { memory } = this.memory.mark();
    const far = await this.shared.read(key);
    const near = this.memory.read(key);
    const mark = { ...far.mark, memory };
    const floor = mergeVersions(near.floor, far.floor);
    const shared = far.record && dominates(far.record.versions, near.floor) ? far.record : undefined;
    const own = near.record && dominates(near.record.versions, far.floor) ? near.record : undefined;
    if (shared && shared.freshUntil >= (own?.freshUntil ?? 0)) {
      this.memory.put(key, shared, mark);
      return { ...far, floor, mark };
    }
    return { record: own, level: 'l1', floor, mark, blind: far.blind };
  }
}

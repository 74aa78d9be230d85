import { LRUCache } from 'lru-cache';
import { steadyNow } from '@registrar/service';
import type { CacheKey } from '../keys/cache-keys.ts';
import {
  maxLoadMs,
  maxStaleMs,
  tombstoneTtlMs,
  type CacheRecord,
  type LevelRead,
  type LoadMark,
  type PutResult,
} from '../record/cache-record.ts';
import {
  nothingKnown,
  dominates,
  judgePut,
  mergeVersions,
  type VersionVector,
} from '../versions/version-vector.rules.ts';
import type { CacheLevel } from './cache-level.ts';

/** The bounds of a memory level. */
export interface MemoryLevelOptions {
  readonly maxEntries: number;
  /** Bodies with both compressed forms; a small allowance for the entry itself is added. */
  readonly maxBytes: number;
  /** Records are fresh here no longer than this, whatever their own time. */
  readonly ttlMs?: number;
  readonly maxTombstones?: number;
  readonly now?: () => number;
  /** Called for each live record that had to make room. */
  readonly onEvict?: () => void;
}

interface Tombstone {
  readonly versions: VersionVector;
  readonly until: number;
}

const entryOverheadBytes = 400;

/**
 * Level one: records in this process, bounded by entries and bytes, least recently used ones going first.
 *
 * Guarantee: as `CacheLevel`. Forgetting is never silent: a record that had to go leaves its versions as a
 * tombstone, and a tombstone that had to go before its time makes every load that is under way unfit to put.
 * Failure: none.
 */
export class MemoryLevel implements CacheLevel {
  private readonly records: LRUCache<string, CacheRecord>;
  private readonly tombstones: LRUCache<string, Tombstone>;
  private readonly now: () => number;
  private readonly ttlMs: number;
  private generation = 0;

  constructor(options: MemoryLevelOptions) {
    this.now = options.now ?? steadyNow;
    this.ttlMs = options.ttlMs ?? Infinity;
    this.tombstones = new LRUCache({
      max: options.maxTombstones ?? 10_000,
      dispose: (tombstone, _key, reason) => {
        if (reason === 'evict' && tombstone.until > this.now()) this.generation += 1;
      },
    });
    this.records = new LRUCache({
      max: options.maxEntries,
      maxSize: options.maxBytes,
      sizeCalculation: (record, key) =>
        (record.body?.maxSizeBytes ?? 0) + key.length * 2 + entryOverheadBytes,
      dispose: (record, key, reason) => {
        if (reason !== 'evict') return;
        this.bury(key, record.versions);
        options.onEvict?.();
      },
    });
  }

  /** A record that is fresh, or undefined. The fastest way in: no promise, no allocation. */
  fresh(key: CacheKey): CacheRecord | undefined {
    const record = this.records.get(key);
    return record !== undefined && record.freshUntil > this.now() ? record : undefined;
  }

  /** How many records and bytes are held. */
  get size(): { readonly entries: number; readonly bytes: number } {
    return { entries: this.records.size, bytes: this.records.calculatedSize };
  }

  mark(): LoadMark {
    return { epoch: null, link: 0, memory: this.generation, at: this.now() };
  }

  read(key: CacheKey): LevelRead {
    const record = this.records.get(key);
    const floor = record?.versions ?? this.buried(key) ?? nothingKnown;
    const servable = record !== undefined && record.freshUntil + maxStaleMs > this.now();
    return { record: servable ? record : undefined, level: 'l1', floor, mark: this.mark(), blind: false };
  }

  put(key: CacheKey, record: CacheRecord, mark: LoadMark): PutResult {
    const stored = this.records.peek(key);
    const known = stored?.versions ?? this.buried(key);
    if (mark.memory !== this.generation || this.now() - mark.at > maxLoadMs) {
      return { outcome: 'refused', floor: known ?? nothingKnown };
    }
    const verdict = judgePut(known, record.versions);
    if (known === undefined || verdict === 'accept') {
      this.store(key, record, stored);
      return { outcome: 'stored', floor: record.versions };
    }
    if (verdict === 'older') return { outcome: 'older', floor: known };
    const merged = mergeVersions(known, record.versions);
    this.bury(key, merged);
    this.records.delete(key);
    return { outcome: 'conflict', floor: merged };
  }

  invalidate(key: CacheKey, versions: VersionVector): boolean {
    const stored = this.records.peek(key);
    const known = stored?.versions ?? this.buried(key) ?? nothingKnown;
    if (stored !== undefined && dominates(stored.versions, versions)) return true;
    this.bury(key, mergeVersions(known, versions));
    this.records.delete(key);
    return true;
  }

  /** Forgets everything, and refuses what was read before. */
  drop(): void {
    this.generation += 1;
    this.records.clear();
    this.tombstones.clear();
  }

  private store(key: CacheKey, record: CacheRecord, stored: CacheRecord | undefined): void {
    const same = stored?.body !== undefined && stored.body.tag === record.body?.tag;
    const body = same ? stored.body : record.body?.owned();
    const freshUntil = Math.min(record.freshUntil, this.now() + this.ttlMs);
    this.records.set(key, { versions: record.versions, body, freshUntil });
    if (this.records.has(key)) this.tombstones.delete(key);
    else this.bury(key, record.versions);
  }

  private bury(key: string, versions: VersionVector): void {
    this.tombstones.set(key, { versions, until: this.now() + tombstoneTtlMs });
  }

  private buried(key: CacheKey): VersionVector | undefined {
    const tombstone = this.tombstones.get(key);
    return tombstone !== undefined && tombstone.until > this.now() ? tombstone.versions : undefined;
  }
}

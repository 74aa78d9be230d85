import type { CacheKey } from '../keys/cache-keys.ts';
import type { CacheLevel } from '../levels/cache-level.ts';
import type { MemoryLevel } from '../levels/memory-level.ts';
import type { CacheCounts } from '../metrics/cache-metrics.ts';
import type { CacheLog } from '../redis/cache-log.ts';
import type { CacheRecord, LevelRead, LoadMark, PutResult } from '../record/cache-record.ts';
import { CachedBody } from '../record/cached-body.ts';
import {
  dominates,
  follows,
  mergeVersions,
  vectorOf,
  type Versions,
} from '../versions/version-vector.rules.ts';
import { answerOf, type CacheAnswer, type Load, type Loaded, type UpdateOutcome } from './cache-answer.ts';
import { jittered } from './expiry.rules.ts';
import type { Flights } from './flights.ts';
import { loadWithin } from './load-limit.ts';

/** The times of one cache, each in ms. */
export interface CacheTimes {
  /** A net under the invalidations, not the freshness: how long a body may be served unquestioned. */
  readonly ttlMs: number;
  /** The same for a thing that was missing. */
  readonly missingTtlMs: number;
  /** How long past its time a body is served while its source fails. */
  readonly staleMs: number;
  /** How long a load may take. */
  readonly loadMs: number;
}

/** The parts of a cache. `Caches` assembles them. */
export interface CacheParts {
  readonly name: string;
  readonly level: CacheLevel;
  /** The memory within `level`, if it has one. */
  readonly memory?: MemoryLevel | undefined;
  readonly flights: Flights;
  readonly counts: CacheCounts;
  readonly times: CacheTimes;
  readonly log: CacheLog;
  readonly now: () => number;
  readonly random: () => number;
}

/** After a failed load, an expired body of the key is served for so long without trying again. */
const retryAfterMs = 1_000;

/**
 * A cache of answers' bytes that is never behind a write that was reported to it.
 *
 * Guarantee: `get` serves nothing older than the last `update` or `invalidate` that came back `true` (or not
 * `owed`), on any instance that reaches Redis; a load that began before a write is never kept after it.
 * Failure: a cache that cannot be reached costs a read 15 ms at most, then nothing; reads go on by loads. A
 * source that fails is covered for `staleMs` by the expired body, marked `stale`; else its error is thrown.
 */
export class VersionedCache {
  private readonly failed = new Map<string, number>();
  private readonly puts = new Set<Promise<void>>();

  constructor(private readonly parts: CacheParts) {}

  /** The cache's name, as in metrics and `Cache-Status`. */
  get name(): string {
    return this.parts.name;
  }

  /** What the memory has for the key, fresh, at once; undefined where `get` is to be asked. */
  lookup(key: CacheKey): CacheAnswer | undefined {
    const record = this.parts.memory?.fresh(key);
    if (!record) return undefined;
    this.parts.counts.hits.l1 += 1;
    return answerOf(record, 'l1');
  }

  /**
   * The thing from the nearest level that has it, else by `load`, which concurrent misses share.
   *
   * @throws what the load throws, 503 `service_unavailable` when it takes too long, or 503 `overloaded`.
   */
  async get(key: CacheKey, load: Load): Promise<CacheAnswer> {
    const near = this.lookup(key);
    if (near) return near;
    const found = await this.parts.level.read(key);
    const { counts, now } = this.parts;
    if (found.record && found.record.freshUntil > now()) {
      counts.hits[found.level] += 1;
      return answerOf(found.record, found.level);
    }
    counts.misses += 1;
    const inNeed = this.inNeed(found);
    if (inNeed && (this.failed.get(key) ?? 0) > now()) return this.stale(inNeed);
    try {
      const record = await this.parts.flights.join(key, found, () => this.load(key, found, load));
      return answerOf(record, 'load');
    } catch (error) {
      if (!inNeed) throw error;
      this.remember(key);
      return this.stale(inNeed);
    }
  }

  /** Where this process stands: to be taken before something is read that will be handed to `put`. */
  mark(): LoadMark {
    return this.parts.level.mark();
  }

  /** Stores what was read since `mark`, unless it is too old by now. */
  async put(key: CacheKey, loaded: Loaded, mark: LoadMark): Promise<PutResult> {
    return this.putRecord(key, this.record(loaded), mark);
  }

  /**
   * After a commit: no record older than `versions` is served from now on.
   *
   * False: Redis could not be reached. This instance then trusts nothing in it before it has raised the epoch;
   * a caller that can retry (a consumer of events) should.
   */
  async invalidate(key: CacheKey, versions: Versions): Promise<boolean> {
    return this.parts.level.invalidate(key, vectorOf(versions));
  }

  /**
   * After a commit that raised `versions`: changes the cached body instead of dropping it, if it is exactly
   * the one before. `change` gets the bytes and gives the new ones, or undefined where it cannot tell. In
   * every other case the key is invalidated. Two round trips; never throws because of the cache or `change`.
   *
   * @param before from `readBefore`: then one round trip follows the commit
   */
  async update(
    key: CacheKey,
    versions: Versions,
    change: (body: Buffer) => Uint8Array | string | undefined,
    before = this.readBefore(key),
  ): Promise<UpdateOutcome> {
    const raised = vectorOf(versions);
    const { record, mark, level } = await before;
    if (record && level === 'l2' && dominates(record.versions, raised)) return 'current';
    const changed = record && follows(raised, record.versions) ? this.change(record, change) : undefined;
    if (record && changed) {
      const next = {
        versions: mergeVersions(record.versions, raised),
        body: changed,
        freshUntil: record.freshUntil,
      };
      const { outcome } = await this.putRecord(key, next, mark);
      if (outcome === 'stored') return 'patched';
      if (outcome === 'older') return 'current';
    }
    return (await this.parts.level.invalidate(key, raised)) ? 'tombstone' : 'owed';
  }

  /**
   * Reads what `update` is going to change, while the commit is under way. What is written to the key in between
   * wins over it. Never rejects.
   */
  async readBefore(key: CacheKey): Promise<LevelRead> {
    return this.parts.level.read(key, { shared: true });
  }

  /** Waits for the puts that loads have begun. */
  async settled(): Promise<void> {
    while (this.puts.size > 0) await Promise.all(this.puts);
  }

  private async load(key: CacheKey, found: LevelRead, load: Load): Promise<CacheRecord> {
    const { counts, times } = this.parts;
    counts.loading += 1;
    try {
      const record = this.record(await loadWithin(times.loadMs, load, found.floor));
      const put: Promise<void> = this.putRecord(key, record, found.mark).then(
        () => void this.puts.delete(put),
      );
      this.puts.add(put);
      this.failed.delete(key);
      return record;
    } catch (error) {
      counts.errors.load += 1;
      throw error;
    } finally {
      counts.loading -= 1;
    }
  }

  private async putRecord(key: CacheKey, record: CacheRecord, mark: LoadMark): Promise<PutResult> {
    const result = await this.parts.level.put(key, record, mark);
    this.parts.counts.puts[result.outcome] += 1;
    return result;
  }

  private record(loaded: Loaded): CacheRecord {
    const { now, random, times } = this.parts;
    const body = loaded.body === null ? undefined : CachedBody.of(loaded.body);
    const ttlMs = jittered(body ? times.ttlMs : times.missingTtlMs, random);
    return { versions: vectorOf(loaded.versions), body, freshUntil: now() + ttlMs };
  }

  private change(
    record: CacheRecord,
    change: (body: Buffer) => Uint8Array | string | undefined,
  ): CachedBody | undefined {
    if (!record.body || record.freshUntil <= this.parts.now()) return undefined;
    try {
      const bytes = change(record.body.bytes);
      return bytes === undefined ? undefined : CachedBody.of(bytes);
    } catch (error) {
      this.parts.counts.errors.patch += 1;
      this.parts.log.warn(
        { err: error, cache: this.parts.name },
        'A cached body could not be changed; it is dropped.',
      );
      return undefined;
    }
  }

  private inNeed(found: LevelRead): CacheRecord | undefined {
    const { record } = found;
    return record?.body && record.freshUntil + this.parts.times.staleMs > this.parts.now()
      ? record
      : undefined;
  }

  private stale(record: CacheRecord): CacheAnswer {
    this.parts.counts.stale += 1;
    return answerOf(record, 'stale');
  }

  private remember(key: CacheKey): void {
    if (this.failed.size >= 1_000) this.failed.clear();
    this.failed.set(key, this.parts.now() + retryAfterMs);
  }
}

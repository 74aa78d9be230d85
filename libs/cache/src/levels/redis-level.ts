import { steadyNow } from '@registrar/service';
import type { CacheKey } from '../keys/cache-keys.ts';
import type { LinkMetrics } from '../metrics/link-metrics.ts';
import {
  maxLoadMs,
  maxStaleMs,
  tombstoneTtlMs,
  type CacheRecord,
  type LevelRead,
  type LoadMark,
  type PutResult,
} from '../record/cache-record.ts';
import { decodeRecord, encodeRecord, type StoredRecord } from '../record/record.codec.ts';
import { epochKey, noEpoch } from '../redis/redis-client.ts';
import type { RedisLink } from '../redis/redis-link.ts';
import {
  nothingKnown,
  formatVersions,
  parseVersions,
  type VersionVector,
} from '../versions/version-vector.rules.ts';
import type { CacheLevel } from './cache-level.ts';

/**
 * Level two: records in Redis, shared by all instances, as bytes.
 *
 * Guarantee: as `CacheLevel`, over all instances. A read takes record and epoch in one round trip, and a
 * record of another epoch is none; put and tombstone are judged by one script in one round trip.
 * Failure: as `CacheLevel`. Redis may evict a record or a tombstone when it runs out of memory; then a load
 * that began before a write, and only that, could be stored after it.
 */
export class RedisLevel implements CacheLevel {
  constructor(
    private readonly link: RedisLink,
    private readonly metrics: LinkMetrics,
    private readonly now: () => number = steadyNow,
  ) {}

  mark(): LoadMark {
    return { epoch: this.link.epoch, link: this.link.generation, memory: 0, at: this.now() };
  }

  async read(key: CacheKey): Promise<LevelRead> {
    const at = this.now();
    const link = this.link.generation;
    const startedAt = performance.now();
    const reply = await this.link.runCommand('get', (client) => client.mgetBuffer(epochKey, key));
    if (reply === undefined) {
      const mark = { epoch: null, link, memory: 0, at };
      return { record: undefined, level: 'l2', floor: nothingKnown, mark, blind: true };
    }
    this.metrics.got((performance.now() - startedAt) / 1_000);
    const epoch = reply[0]?.toString('latin1') ?? noEpoch;
    this.link.observeEpoch(epoch);
    const stored = reply[1] ? this.decode(reply[1]) : undefined;
    return {
      record: stored !== undefined && stored.epoch === epoch ? this.servable(stored.record) : undefined,
      level: 'l2',
      floor: stored?.versions ?? nothingKnown,
      mark: { epoch, link, memory: 0, at },
      blind: false,
    };
  }

  async put(key: CacheKey, record: CacheRecord, mark: LoadMark): Promise<PutResult> {
    const { epoch } = mark;
    if (epoch === null || !this.link.trusted) return { outcome: 'unavailable', floor: nothingKnown };
    if (mark.link !== this.link.generation || this.now() - mark.at > maxLoadMs) {
      return { outcome: 'refused', floor: nothingKnown };
    }
    const value = encodeRecord(record, epoch);
    const versions = formatVersions(record.versions);
    const ttlMs = Math.max(tombstoneTtlMs, Math.ceil(record.freshUntil - this.now()) + maxStaleMs);
    const reply = await this.link.runCommand('put', (client) =>
      client.versionGuard(key, epochKey, 'put', epoch, versions, value, ttlMs, tombstoneTtlMs),
    );
    if (reply === undefined) return { outcome: 'unavailable', floor: nothingKnown };
    return { outcome: reply[0], floor: parseVersions(reply[1]) ?? nothingKnown };
  }

  async invalidate(key: CacheKey, versions: VersionVector): Promise<boolean> {
    const text = formatVersions(versions);
    const reply = await this.link.recordWrite('tombstone', (client) =>
      client.versionGuard(key, epochKey, 'tombstone', '', text, '', tombstoneTtlMs, tombstoneTtlMs),
    );
    return reply !== undefined;
  }

  private decode(bytes: Buffer): StoredRecord | undefined {
    const stored = decodeRecord(bytes);
    if (stored === undefined) this.metrics.failed('get', 'failed');
    return stored;
  }

  private servable(record: CacheRecord | undefined): CacheRecord | undefined {
    return record !== undefined && record.freshUntil + maxStaleMs > this.now() ? record : undefined;
  }
}

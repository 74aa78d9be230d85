import type { OnApplicationShutdown } from '@nestjs/common';
import { register, type Registry } from 'prom-client';
import { steadyNow } from '@registrar/service';
import type { CacheLevel } from '../levels/cache-level.ts';
import { LayeredLevel } from '../levels/layered-level.ts';
import { MemoryLevel, type MemoryLevelOptions } from '../levels/memory-level.ts';
import { RedisLevel } from '../levels/redis-level.ts';
import { CacheMetrics, type CacheCounts } from '../metrics/cache-metrics.ts';
import { LinkMetrics } from '../metrics/link-metrics.ts';
import { Flights } from '../reading/flights.ts';
import { VersionedCache, type CacheTimes } from '../reading/versioned-cache.ts';
import { jittered } from '../reading/expiry.rules.ts';
import { maxLoadMs, maxStaleMs } from '../record/cache-record.ts';
import { silentLog, type CacheLog } from '../redis/cache-log.ts';
import { createRedisClient } from '../redis/redis-client.ts';
import { RedisLink, type LinkLimits } from '../redis/redis-link.ts';

/** What the caches of one app share. */
export interface CachesOptions {
  /** `redis://host:port/database`. */
  readonly redisUrl: string;
  /** `CACHE_PREFIX`: put before every key, and what the epoch belongs to. One for each service. */
  readonly prefix: string;
  /** Default: prom-client's own. */
  readonly registry?: Registry;
  readonly log?: CacheLog;
  readonly limits?: Partial<LinkLimits>;
  /** Milliseconds since the epoch by a clock that does not step; default `steadyNow`. */
  readonly now?: () => number;
  /** From 0 up to 1. */
  readonly random?: () => number;
}

/** A check may take so long, ms: longer than a read, as a machine under load is not a Redis that is away. */
const healthLimitMs = 200;

/** One cache. */
export interface CacheOptions extends Partial<CacheTimes> {
  /** As in metrics and `Cache-Status`: `registrar-courses`. */
  readonly name: string;
  /** `l2` alone where a person must see the own last write on every instance. `l1` alone shares nothing. */
  readonly levels: 'l1' | 'l1+l2' | 'l2';
  readonly ttlMs: number;
  /** Default: 5,000 entries, 32 MB. */
  readonly memory?: Partial<Pick<MemoryLevelOptions, 'maxEntries' | 'maxBytes' | 'ttlMs'>>;
  /** Loads under way at once before more are refused as `overloaded`. Default 500. */
  readonly maxLoads?: number;
}

/**
 * The caches of one app over one connection to Redis.
 *
 * Guarantee: starting never waits for Redis and never fails because of it. When the connection was lost, the
 * epoch is raised and every memory emptied before Redis is asked again.
 * Failure: none; see `RedisLink` for what a Redis that is away costs.
 */
export class Caches implements OnApplicationShutdown {
  readonly link: RedisLink;
  private readonly metrics: CacheMetrics;
  private readonly linkMetrics: LinkMetrics;

  constructor(private readonly options: CachesOptions) {
    const registry = options.registry ?? register;
    this.metrics = CacheMetrics.of(registry);
    this.linkMetrics = LinkMetrics.of(registry);
    const client = createRedisClient({ url: options.redisUrl, prefix: options.prefix });
    this.link = new RedisLink(client, this.linkMetrics, options.log, options.limits);
  }

  /** Begins to connect. */
  start(): this {
    this.link.start();
    return this;
  }

  /** `up` while Redis is used, `down` while it is passed over. */
  get state(): 'up' | 'down' {
    return this.link.trusted ? 'up' : 'down';
  }

  /**
   * For the health check: `up` while Redis is used and answers, `down` otherwise. It asks, as an instance that
   * is never read would never notice that Redis does not answer. Never rejects.
   */
  async check(): Promise<{ state: 'up' | 'down' }> {
    const answer = await this.link.runCommand('health', (client) => client.ping(), healthLimitMs);
    return { state: answer === undefined ? 'down' : 'up' };
  }

  /** A cache of its own name. Its times: missing 5 s (or `ttlMs`), stale 60 s, load 5 s, unless said otherwise. */
  create(options: CacheOptions): VersionedCache {
    const { name, levels } = options;
    const counts = this.metrics.counts(name);
    const memory = levels === 'l2' ? undefined : this.memory(options, counts);
    return new VersionedCache({
      name,
      level: this.level(levels, memory),
      memory,
      counts,
      flights: new Flights({ max: options.maxLoads ?? 500, shareBlind: levels !== 'l2' }),
      times: timesOf(options),
      log: this.options.log ?? silentLog,
      now: this.options.now ?? steadyNow,
      random: this.options.random ?? Math.random,
    });
  }

  onApplicationShutdown(): void {
    this.link.close();
  }

  private memory(options: CacheOptions, counts: CacheCounts): MemoryLevel {
    const memory = new MemoryLevel({
      maxEntries: 5_000,
      maxBytes: 32 * 1_024 * 1_024,
      // A record's own time may come from an instance whose clock is off.
      ttlMs: jittered(options.ttlMs, () => 1),
      ...options.memory,
      ...(this.options.now ? { now: this.options.now } : {}),
      onEvict: () => (counts.evictions += 1),
    });
    this.link.onRecovered(() => memory.drop());
    return memory;
  }

  private level(levels: CacheOptions['levels'], memory: MemoryLevel | undefined): CacheLevel {
    if (memory && levels === 'l1') return memory;
    const shared = new RedisLevel(this.link, this.linkMetrics, this.options.now);
    return memory ? new LayeredLevel(memory, shared) : shared;
  }
}

function timesOf(options: CacheOptions): CacheTimes {
  const times = {
    ttlMs: options.ttlMs,
    missingTtlMs: options.missingTtlMs ?? Math.min(options.ttlMs, 5_000),
    staleMs: options.staleMs ?? maxStaleMs,
    loadMs: options.loadMs ?? 5_000,
  };
  if (times.staleMs > maxStaleMs || times.loadMs > maxLoadMs) {
    throw new RangeError(
      `The cache ${options.name} may be stale for ${maxStaleMs} ms and load for ${maxLoadMs}.`,
    );
  }
  return times;
}

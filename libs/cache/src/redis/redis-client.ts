import { Redis } from 'ioredis';
import { versionGuardScript, type VersionGuardCommand } from '../levels/version-guard.script.ts';

/** The client that the hot path and cache-manager share. */
export type CacheRedis = Redis & VersionGuardCommand;

/** The key (under the prefix) that holds the cache epoch: raised whenever an instance may have missed a write. */
export const epochKey = 'cache-epoch';

/** The epoch while the key has never been raised. */
export const noEpoch = '0';

/** Where the cache is. */
interface RedisClientOptions {
  /** `redis://host:port/database`. */
  readonly url: string;
  /** Put before every key, by the client itself. */
  readonly prefix: string;
  readonly connectTimeoutMs?: number;
  /** Backstop after which an unanswered command is given up; reads give up long before. */
  readonly commandTimeoutMs?: number;
}

/**
 * A client that fails at once instead of waiting.
 *
 * Guarantee: not connected until asked to, so that no start-up depends on it; no command is kept for later
 * (offline queue off, no retries, none sent again on a new connection); the script is known to it.
 * INCR (the epoch) and the script skip the auto-pipeline: a write does not wait for reads that are stuck.
 */
export function createRedisClient(options: RedisClientOptions): CacheRedis {
  return new Redis(options.url, {
    lazyConnect: true,
    keyPrefix: options.prefix,
    connectTimeout: options.connectTimeoutMs ?? 1_000,
    commandTimeout: options.commandTimeoutMs ?? 1_000,
    disconnectTimeout: 100,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    enableReadyCheck: false,
    autoResendUnfulfilledCommands: false,
    disableClientInfo: true,
    enableAutoPipelining: true,
    autoPipeliningIgnoredCommands: ['incr', 'versionGuard'],
    retryStrategy: (attempt) => Math.min(50 * attempt, 1_000),
    scripts: { versionGuard: { lua: versionGuardScript, numberOfKeys: 2 } },
  }) as CacheRedis;
}

import type { Cache } from '@nestjs/cache-manager';
import type { CacheKey } from '../keys/cache-keys.ts';
import { TOMBSTONE_TTL_MS } from '../record/cache-record.ts';
import { EPOCH_KEY, NO_EPOCH } from '../redis/redis-client.ts';
import type { RedisLink } from '../redis/redis-link.ts';

/** What is kept: a value of an epoch, or the trace of a deletion. */
interface Kept {
  readonly epoch: string;
  readonly value?: unknown;
  readonly deleted?: string;
}

interface Found {
  readonly epoch: string;
  readonly kept: Kept | undefined;
}

/**
 * JSON values that change rarely (departments, key sets, people, preferences), through cache-manager.
 *
 * Guarantee: bounded by its time to live; never from before a raised epoch; a deletion during a load wins, up
 * to the one round trip between its last look and the store. What a person must see at once after an own
 * change belongs in a `VersionedCache`.
 * Failure: without Redis a read costs nothing or 50 ms, then everything is loaded; nothing rejects but a load.
 */
export class ColdCache {
  readonly #loading = new Map<string, Promise<unknown>>();

  constructor(
    private readonly cache: Cache,
    private readonly link: RedisLink,
    private readonly makeId: () => string,
  ) {}

  /** The value, or undefined. It is what was put there as JSON: the caller says of which type. */
  async get<T>(key: CacheKey): Promise<T | undefined> {
    const found = await this.#find(key);
    return valueOf(found) as T | undefined;
  }

  /** Stores a JSON value for `ttlMs`; false where that was not possible. */
  async set(key: CacheKey, value: unknown, ttlMs: number): Promise<boolean> {
    const found = await this.#find(key);
    return found !== undefined && this.#store(key, { epoch: found.epoch, value }, ttlMs);
  }

  /** Deletes after a change. False: owed, as with `VersionedCache.invalidate`. */
  async del(key: CacheKey): Promise<boolean> {
    this.#loading.delete(key);
    const trace: Kept = { epoch: '', deleted: this.makeId() };
    const done = await this.link.tell('cold-delete', async () => {
      await this.cache.set(key, trace, TOMBSTONE_TTL_MS);
      return true;
    });
    return done ?? false;
  }

  /** The value from the cache, else by `load`, which all who miss it meanwhile share. */
  async getOrLoad<T>(key: CacheKey, ttlMs: number, load: () => Promise<T>): Promise<T> {
    const found = await this.#find(key);
    const value = valueOf(found);
    if (value !== undefined) return value as T;
    const current = this.#loading.get(key);
    if (current) return current as Promise<T>;
    const loading = this.#load(key, ttlMs, found, load).finally(() => {
      if (this.#loading.get(key) === loading) this.#loading.delete(key);
    });
    this.#loading.set(key, loading);
    return loading;
  }

  async #load<T>(key: CacheKey, ttlMs: number, found: Found | undefined, load: () => Promise<T>): Promise<T> {
    const value = await load();
    if (!found) return value;
    const now = await this.#find(key);
    const untouched = now && now.epoch === found.epoch && now.kept?.deleted === found.kept?.deleted;
    if (untouched) await this.#store(key, { epoch: found.epoch, value }, ttlMs);
    return value;
  }

  async #find(key: CacheKey): Promise<Found | undefined> {
    return this.link.ask(
      'cold-get',
      async (client) => {
        const [epoch, kept] = await Promise.all([client.get(EPOCH_KEY), this.cache.get<Kept>(key)]);
        return { epoch: epoch ?? NO_EPOCH, kept };
      },
      this.link.limits.coldMs,
    );
  }

  async #store(key: CacheKey, kept: Kept, ttlMs: number): Promise<boolean> {
    const done = await this.link.ask(
      'cold-set',
      async () => {
        await this.cache.set(key, kept, ttlMs);
        return true;
      },
      this.link.limits.coldMs,
    );
    return done ?? false;
  }
}

function valueOf(found: Found | undefined): unknown {
  return found?.kept && found.kept.epoch === found.epoch ? found.kept.value : undefined;
}

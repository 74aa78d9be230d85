import type { Cache } from '@nestjs/cache-manager';
import { SingleFlight } from '@registrar/async';
import type { CacheKey } from '../keys/cache-keys.ts';
import { jittered } from '../reading/expiry.rules.ts';
import { epochKey, noEpoch } from '../redis/redis-client.ts';
import type { RedisLink } from '../redis/redis-link.ts';

/** How long a value is kept, give or take a tenth, ms: a net under the deletions, not the freshness. */
const valueTtlMs = 60_000;
/** How long the mark of a deletion is kept, ms: longer than any value or load that began before it. */
const deletionMarkTtlMs = 5 * valueTtlMs;

/** A value, and the mark that its key had when its load began. */
interface Kept {
  readonly mark: string;
  readonly value: unknown;
}

/** A value that was loaded, and the mark that its key had before. */
interface Loaded {
  readonly key: CacheKey;
  readonly mark: string | undefined;
  readonly value: unknown;
}

/** A key's mark now, and its value if that was loaded under this mark. */
interface Found {
  readonly mark: string;
  readonly value?: unknown;
}

/** A value, and whether Redis (`l2`) had it or its source. */
export interface JsonCacheAnswer<T> {
  readonly value: T;
  readonly source: 'l2' | 'load';
}

/**
 * JSON values that change rarely (departments, semesters, people, preferences), through cache-manager.
 *
 * A deletion gives the key a new mark. A value bears the mark that was read before its load, and counts only
 * while the key still has it: neither `wrap()` nor `del()` of cache-manager can tell a value that was loaded
 * before a deletion from one after it.
 *
 * Guarantee: once `del` came back `true`, nothing that was loaded before it is served, on any instance that
 * reaches Redis; never a value from before a raised epoch; never one older than a minute.
 * Failure: without Redis a read costs nothing or 50 ms, then everything is loaded; nothing rejects but a load.
 */
export class JsonCache {
  private readonly loads = new SingleFlight<unknown>();
  /** The errors of failed reads, by the keys that were read. */
  private readonly failures = new WeakMap<object, unknown>();

  constructor(
    private readonly cache: Cache,
    private readonly link: RedisLink,
    private readonly makeId: () => string,
  ) {
    cache.on('mget', ({ keys, error }) => {
      if (error !== undefined) this.failures.set(keys, error);
    });
  }

  /** Deletes after a change, before it is answered. False: owed, as with `VersionedCache.invalidate`. */
  async del(key: CacheKey): Promise<boolean> {
    const done = await this.link.recordWrite('cold-delete', async () => {
      await this.cache.set(markKey(key), this.makeId(), deletionMarkTtlMs);
      return true;
    });
    return done ?? false;
  }

  /** The value from the cache, else by `load`. */
  async getOrLoad<T>(key: CacheKey, load: () => Promise<T>): Promise<T> {
    return (await this.answer(key, load)).value;
  }

  /**
   * The value from the cache, else by `load`, which concurrent misses share. Undefined is not kept. Without
   * Redis it is unknown whether a load under way began before a change: later callers share the next one.
   */
  async answer<T>(key: CacheKey, load: () => Promise<T>): Promise<JsonCacheAnswer<T>> {
    const [found] = await this.find([key]);
    if (found?.value !== undefined) return { value: found.value as T, source: 'l2' };
    return {
      value: await (found
        ? this.share(`${key} ${found.mark}`, () => this.load(key, found.mark, load))
        : this.next(key, load)),
      source: 'load',
    };
  }

  /** The values of `ids` that there are, by id; `load` gets those that the cache lacks. */
  async getOrLoadAll<T>(
    ids: readonly string[],
    keyOf: (id: string) => CacheKey,
    load: (missing: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  ): Promise<Map<string, T>> {
    const found = await this.find(ids.map(keyOf));
    const values = new Map<string, T>();
    for (const [at, id] of ids.entries()) {
      if (found[at]?.value !== undefined) values.set(id, found[at].value as T);
    }
    const missing = ids.filter((id) => !values.has(id));
    if (missing.length === 0) return values;
    const marks = new Map(ids.map((id, at) => [id, found[at]?.mark]));
    const loaded = await load(missing);
    await this.keep([...loaded].map(([id, value]) => ({ key: keyOf(id), mark: marks.get(id), value })));
    return new Map([...values, ...loaded]);
  }

  /** A load that begins after the call: at once where none is under way, else when that one is over. */
  private next<T>(key: CacheKey, load: () => Promise<T>): Promise<T> {
    const [now, next] = [`${key} now`, `${key} next`];
    if (!this.loads.isRunning(now)) return this.share(now, load);
    const begin = () => {
      // From here on it is the one under way, and no more the next.
      this.loads.forget(next);
      return this.share(now, load);
    };
    return this.share(next, () => this.share(now, load).then(begin, begin));
  }

  private share<T>(flight: string, load: () => Promise<T>): Promise<T> {
    return this.loads.share(flight, load) as Promise<T>;
  }

  private async load<T>(key: CacheKey, mark: string, load: () => Promise<T>): Promise<T> {
    const value = await load();
    await this.keep([{ key, mark, value }]);
    return value;
  }

  /** Keeps what was loaded under a known mark: all of it as one call of the link. */
  private async keep(loaded: readonly Loaded[]): Promise<void> {
    const entries = loaded.flatMap(({ key, mark, value }) =>
      mark === undefined || value === undefined ? [] : [{ key, kept: { mark, value } }],
    );
    if (entries.length > 0) await this.store(entries);
  }

  /** `mget` of cache-manager gives nothing where it fails, and says so by an event alone. @throws what failed */
  private async getAll(keys: string[]): Promise<unknown[]> {
    const values = await this.cache.mget<unknown>(keys);
    const failure = this.failures.get(keys);
    if (failure !== undefined) throw failure;
    return values;
  }

  /** What Redis has for each key, in one round trip; empty where it cannot be asked. */
  private async find(keys: readonly CacheKey[]): Promise<readonly Found[]> {
    if (keys.length === 0) return [];
    const found = await this.link.runCommand(
      'cold-get',
      async (client) => {
        const [epoch, values] = await Promise.all([
          client.get(epochKey),
          this.getAll(keys.flatMap((key) => [markKey(key), key])),
        ]);
        return keys.map((_, at) => {
          const mark = `${epoch ?? noEpoch} ${(values[2 * at] as string | undefined) ?? ''}`;
          const kept = values[2 * at + 1] as Kept | undefined;
          return kept?.mark === mark ? { mark, value: kept.value } : { mark };
        });
      },
      this.link.limits.jsonMs,
    );
    return found ?? [];
  }

  private async store(entries: readonly { key: CacheKey; kept: Kept }[]): Promise<void> {
    const ttlMs = () => Math.round(jittered(valueTtlMs, Math.random));
    const store = () => Promise.all(entries.map(({ key, kept }) => this.cache.set(key, kept, ttlMs())));
    await this.link.runCommand('cold-set', store, this.link.limits.jsonMs);
  }
}

/** Where a key's mark is: no pattern makes a key with a `#`, and values are escaped. */
function markKey(key: CacheKey): string {
  return `${key}#mark`;
}

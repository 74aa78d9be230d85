import type {
  CacheKey,
  CachedBody,
  Caches,
  JsonCacheAnswer,
  JsonCache,
  VersionedCache,
} from '@registrar/cache';

/** A thing of a reference list. */
interface Listed {
  readonly id: string;
  /** Grows with each change. */
  readonly version: number;
}

/** How a reference list is loaded and cached. */
interface ReferenceListOptions<Item> {
  readonly key: CacheKey;
  /** Name in metrics. */
  readonly name: string;
  /** How long this process's memory is believed, ms, where no event corrects it sooner. */
  readonly memoryTtlMs: number;
  /** Reads all of them from the table, consistently. */
  readonly load: () => Promise<Item[]>;
}

/**
 * A few things that are read whole: semesters, departments.
 *
 * Guarantee: once `changed` resolved, `read` shows the change on every instance, and `known` on this one; on the
 * others after an event, or `memoryTtlMs`. Failure: without Redis reads go to the table, and changes go on; where the
 * instance that changed something alone cannot reach Redis, others may read the state before for up to a minute;
 * without the table too, `known` gives for a minute what it gave before.
 */
export class ReferenceList<Item extends Listed> {
  private readonly memory: VersionedCache;
  private readonly parsed = new WeakMap<CachedBody, readonly Item[]>();

  constructor(
    private readonly jsonCache: JsonCache,
    caches: Caches,
    private readonly options: ReferenceListOptions<Item>,
  ) {
    this.memory = caches.create({ name: options.name, levels: 'l1', ttlMs: options.memoryTtlMs });
  }

  /** All of them, from Redis or the table: for HTTP requests. */
  read(): Promise<JsonCacheAnswer<Item[]>> {
    return this.jsonCache.answer(this.options.key, this.options.load);
  }

  /** All of them, from this process's memory: for the catalogue, which reads them with each request. */
  async known(): Promise<readonly Item[]> {
    const { body } = await this.memory.get(this.options.key, async () => {
      const { value } = await this.read();
      const versions = Object.fromEntries(value.map(({ id, version }) => [id, version]));
      return { body: JSON.stringify(value), versions };
    });
    if (!body) return [];
    const items = this.parsed.get(body) ?? (JSON.parse(body.bytes.toString()) as Item[]);
    this.parsed.set(body, items);
    return items;
  }

  /** After `item` was committed, before it is answered for; and by its event. */
  async changed({ id, version }: Item): Promise<void> {
    await this.jsonCache.del(this.options.key);
    await this.memory.invalidate(this.options.key, { [id]: version });
  }
}

import { Redis } from 'ioredis';

/** One key as Redis itself would write it to disk. */
interface Kept {
  readonly key: string;
  readonly dump: Buffer;
  readonly ttlMs: number;
}

/** Saves and restores the keys of one system, as a Redis that restarts from an older snapshot. */
export class OldRedis {
  private readonly client: Redis;
  private readonly prefix: string;

  /** @param url of the server itself, without a proxy */
  constructor(url: string, prefix: string) {
    this.client = new Redis(url, { maxRetriesPerRequest: 3, enableAutoPipelining: true });
    this.prefix = prefix;
  }

  /** All keys as they are now. */
  async snapshot(): Promise<Kept[]> {
    const kept: Kept[] = [];
    for await (const keys of this.keys()) {
      const found = await Promise.all(
        keys.map(async (key) => ({
          key,
          dump: await this.client.dumpBuffer(key),
          ttlMs: await this.client.pttl(key),
        })),
      );
      for (const { key, dump, ttlMs } of found) if (dump) kept.push({ key, dump, ttlMs: Math.max(0, ttlMs) });
    }
    return kept;
  }

  /** Puts all keys back as they were; what came later is gone. */
  async restore(kept: readonly Kept[]): Promise<void> {
    for await (const keys of this.keys()) if (keys.length > 0) await this.client.unlink(keys);
    await Promise.all(kept.map(({ key, dump, ttlMs }) => this.client.restore(key, ttlMs, dump, 'REPLACE')));
  }

  close(): void {
    this.client.disconnect();
  }

  private keys(): AsyncIterable<string[]> {
    return this.client.scanStream({ match: `${this.prefix}*`, count: 500 }) as AsyncIterable<string[]>;
  }
}

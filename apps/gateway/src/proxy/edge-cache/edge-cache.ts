import { SingleFlight } from '@registrar/async';
import { CachedBody } from '@registrar/cache';
import { steadyNow } from '@registrar/service';
import { LRUCache } from 'lru-cache';
import type { UpstreamAnswer } from '../upstream/answer.ts';
import { EdgeEntry } from './edge-entry.ts';

/** A cached response is fresh for so long, ms. */
export const freshForMs = 1_000;
/** From this age on a request refreshes it in the background. */
const renewAfterMs = 700;
/** While the service fails, responses up to this age are served as stale. */
const staleForMs = 60_000;
/** For so long after a failure, stale responses are served at once and refreshed in the background. */
const failureHoldsMs = 2_000;
const maxBytes = 64 * 1_048_576;
const statusNotModified = 304;

/** Loads from the service; with the cached tag, it may answer 304. */
export type EdgeLoad = (tag: string | undefined) => Promise<UpstreamAnswer>;

/** The edge's answer: a cached response and its source, or the service's own where it is no 200. */
type EdgeAnswer =
  { entry: EdgeEntry; source: 'l1' | 'load' | 'stale' } | { entry: undefined; answer: UpstreamAnswer };

/**
 * Public catalogue responses, at most a second old: single-flight, stale-while-revalidate, stale-if-error.
 *
 * Guarantee: one load of a key at a time; concurrent requests share it. A load that began before an invalidation is
 * not used after it. Failure: with the service away, a response of the last minute is served as `stale`; without one
 * its error is thrown.
 */
export class EdgeCache {
  /** Responses from memory, loads, and stale responses. */
  readonly counts = { hits: 0, loads: 0, stale: 0 };
  private readonly entries = new LRUCache<string, EdgeEntry>({
    maxSize: maxBytes,
    sizeCalculation: ({ body }, key) => body.maxSizeBytes + key.length * 2 + 1_000,
  });
  private loads = new SingleFlight<EdgeAnswer>();
  private readonly floors = new LRUCache<string, number>({ max: 10_000 });
  private floor = 0;

  constructor(private readonly now: () => number = steadyNow) {}

  /** The cached response, if it is fresh. Synchronous, for the fast path; calls `load` when a refresh is due. */
  fresh(key: string, load: EdgeLoad): EdgeEntry | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    const age = this.now() - entry.askedAt;
    if (age >= freshForMs || entry.askedAt < this.floorOf(key)) return undefined;
    if (age >= renewAfterMs && !this.loads.isRunning(key)) this.renew(key, entry, load);
    this.counts.hits += 1;
    return entry;
  }

  /** The response for `key`, cached or loaded. */
  async get(key: string, load: EdgeLoad): Promise<EdgeAnswer> {
    const entry = this.fresh(key, load);
    if (entry) return { entry, source: 'l1' };
    const stale = this.usableStale(key);
    if (stale && this.now() - stale.failedAt < failureHoldsMs) {
      if (!this.loads.isRunning(key)) this.renew(key, stale, load);
      return this.serveStale(stale);
    }
    try {
      return await this.ask(key, load);
    } catch (error) {
      if (!stale) throw error;
      return this.serveStale(stale);
    }
  }

  /** Invalidates one key: its cached response, and the load in flight. */
  invalidate(key: string): void {
    this.floors.set(key, this.now());
    this.loads.forget(key);
  }

  /** Invalidates all keys. */
  invalidateAll(): void {
    this.floor = this.now();
    this.loads = new SingleFlight();
  }

  private serveStale(entry: EdgeEntry): EdgeAnswer {
    this.counts.stale += 1;
    return { entry, source: 'stale' };
  }

  private usableStale(key: string): EdgeEntry | undefined {
    const entry = this.entries.get(key);
    return entry && this.now() - entry.askedAt < staleForMs ? entry : undefined;
  }

  private floorOf(key: string): number {
    return Math.max(this.floor, this.floors.get(key) ?? 0);
  }

  private renew(key: string, entry: EdgeEntry, load: EdgeLoad): void {
    this.ask(key, load).catch(() => (entry.failedAt = this.now()));
  }

  private ask(key: string, load: EdgeLoad): Promise<EdgeAnswer> {
    return this.loads.share(key, () => this.load(key, load));
  }

  private async load(key: string, load: EdgeLoad): Promise<EdgeAnswer> {
    const askedAt = this.now();
    const held = this.entries.get(key);
    this.counts.loads += 1;
    try {
      const answer = await load(held?.tag);
      if (answer.status === statusNotModified && held) return this.keep(key, renewed(held, answer, askedAt));
      if (answer.status === 200) return this.keep(key, entryOf(answer, askedAt));
      if (answer.status >= 500) throw new ServiceFailed(answer);
      this.entries.delete(key);
      return { entry: undefined, answer };
    } catch (error) {
      if (held) held.failedAt = this.now();
      // Without a stale response the service's own is sent.
      if (error instanceof ServiceFailed && !this.usableStale(key))
        return { entry: undefined, answer: error.answer };
      throw error;
    }
  }

  private keep(key: string, entry: EdgeEntry): EdgeAnswer {
    const held = this.entries.get(key);
    if (!held || held.askedAt <= entry.askedAt) this.entries.set(key, entry);
    return { entry, source: 'load' };
  }
}

class ServiceFailed extends Error {
  constructor(readonly answer: UpstreamAnswer) {
    super(`the service answered ${answer.status}`);
  }
}

function entryOf({ headers, body }: UpstreamAnswer, askedAt: number): EdgeEntry {
  const owned = CachedBody.of(body).owned();
  const tag = textOf(headers['etag'])?.replace(/^W\//, '').replaceAll('"', '') ?? owned.tag;
  return new EdgeEntry(owned, tag, cacheControlOf(headers), textOf(headers['cache-status']), askedAt);
}

function renewed(held: EdgeEntry, { headers }: UpstreamAnswer, askedAt: number): EdgeEntry {
  const status = textOf(headers['cache-status']);
  return new EdgeEntry(held.body, held.tag, cacheControlOf(headers), status, askedAt);
}

function cacheControlOf(headers: UpstreamAnswer['headers']): string {
  return textOf(headers['cache-control']) ?? 'public, max-age=1';
}

function textOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}

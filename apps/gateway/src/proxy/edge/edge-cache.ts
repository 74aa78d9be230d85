import { SingleFlight } from '@registrar/async';
import { CachedBody } from '@registrar/cache';
import { steadyNow } from '@registrar/service';
import { LRUCache } from 'lru-cache';
import type { UpstreamAnswer } from '../upstream/answer.ts';
import { EdgeEntry } from './edge-entry.ts';

/** A held answer is used for so long without asking, ms. */
export const freshForMs = 1_000;
/** From this age on the next request has it replaced beside, so that nobody waits for it. */
const renewAfterMs = 700;
/** While the service fails, answers up to this age are served, and marked. */
const staleForMs = 60_000;
/** After a failure, stale answers are served at once for so long, and the service is asked beside. */
const failureHoldsMs = 2_000;
const maxBytes = 64 * 1_048_576;
const statusNotModified = 304;

/** Asks the service; with the tag that is held, it may answer that nothing changed. */
export type EdgeLoad = (tag: string | undefined) => Promise<UpstreamAnswer>;

/** What the edge says to a request: a held answer and why, or the service's own where it is no 200. */
export type EdgeAnswer =
  { entry: EdgeEntry; source: 'l1' | 'load' | 'stale' } | { entry: undefined; answer: UpstreamAnswer };

/**
 * Catalogue answers that are the same for everybody, at most a second old.
 *
 * Guarantee: of each question one is under way at a time, and whoever asks meanwhile shares its answer. What was
 * asked for before an invalidation is not used after it. Failure: with the service away, an answer of the last
 * minute is served as `stale`; without one its error is thrown.
 */
export class EdgeCache {
  /** Answers given from here, asked for, and served stale. */
  readonly counts = { hits: 0, loads: 0, stale: 0 };
  private readonly entries = new LRUCache<string, EdgeEntry>({
    maxSize: maxBytes,
    sizeCalculation: ({ body }, key) => body.maxSizeBytes + key.length * 2 + 1_000,
  });
  private loads = new SingleFlight<EdgeAnswer>();
  private readonly floors = new LRUCache<string, number>({ max: 10_000 });
  private floor = 0;

  constructor(private readonly now: () => number = steadyNow) {}

  /** The held answer, if it may be used; the fastest way in. `load` is called where it is due to be replaced. */
  fresh(key: string, load: EdgeLoad): EdgeEntry | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    const age = this.now() - entry.askedAt;
    if (age >= freshForMs || entry.askedAt < this.floorOf(key)) return undefined;
    if (age >= renewAfterMs && !this.loads.isRunning(key)) this.renew(key, entry, load);
    this.counts.hits += 1;
    return entry;
  }

  /** The answer to `key`, held or asked for. */
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

  /** What is held of one course is not used any more, and what is being asked for is not kept as fresh. */
  invalidate(key: string): void {
    this.floors.set(key, this.now());
    this.loads.forget(key);
  }

  /** The same for everything. */
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
      // Without anything to serve in its stead, the service's own words are the answer.
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

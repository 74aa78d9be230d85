/** Bounds of an adaptive limit. */
interface AdaptiveLimitOptions {
  /** Work under way at most, however slow it is: at least one. */
  readonly least: number;
  /** Work under way at most, however fast it is. */
  readonly most: number;
  /** Whether something that work does not measure is overloaded, such as the event loop. Default never. */
  readonly isOverloaded?: () => boolean;
  /** By the monotonic clock, ms. Default `performance.now`. */
  readonly now?: () => number;
}

/** The best time counts for one such span and the next, ms: a store that has become slower for good is the measure then. */
const bestForMs = 60_000;
/** Estimated work in queues below which the limit grows, and above which it shrinks: Vegas's alpha and beta. */
const alpha = 3;
const beta = 6;
/** What an overload elsewhere leaves of the limit. */
const overloadedShare = 0.9;

/**
 * An adaptive concurrency limit: work beyond it waits, first come, first served.
 *
 * As in TCP Vegas (Brakmo and Peterson, 1995): of `limit` calls under way, `limit * (1 - best / now)` wait in queues of
 * what they call, where `best` is the time that a call took at best and `now` the one that it takes. The limit grows
 * by one while fewer than 3 wait there, and shrinks by one while more than 6 do, once in each time of a call. So a store
 * that becomes slow gets less work at a time, and loses no throughput: what it took before only queued up in it.
 *
 * Ours, as npm has none that is kept; those of Java (Netflix's concurrency-limits) and Rust (tower-acc) do the same. They
 * refuse what is beyond the limit; here it waits, as what waits for a course shares a commit.
 *
 * Guarantee: `least` to `most` calls are under way where so many are asked for, and every call has its turn.
 */
export class AdaptiveLimit {
  private current: number;
  private underWay = 0;
  private best = Infinity;
  private bestBefore = Infinity;
  private spanEndsAt: number;
  private adjustedAt = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly options: Required<AdaptiveLimitOptions>;

  constructor(options: AdaptiveLimitOptions) {
    this.options = { isOverloaded: () => false, now: () => performance.now(), ...options };
    this.current = Math.min(options.most, Math.max(options.least, beta));
    this.spanEndsAt = this.options.now() + bestForMs;
  }

  /** Calls that may be under way at the moment. */
  get limit(): number {
    return Math.floor(this.current);
  }

  /** Calls that wait for their turn. */
  get queued(): number {
    return this.waiting.length;
  }

  /** Runs `work` when its turn has come. */
  async runInTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.underWay >= this.limit) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.underWay += 1;
    const startedAt = this.options.now();
    try {
      return await work();
    } finally {
      this.sample(this.options.now() - startedAt);
      this.underWay -= 1;
      this.admitWaiting();
    }
  }

  private admitWaiting(): void {
    while (this.underWay < this.limit) {
      const next = this.waiting.shift();
      if (!next) return;
      // The turn is taken here: a call that comes before the waiting one continues must not take it.
      this.underWay += 1;
      next();
    }
  }

  private sample(tookMs: number): void {
    const now = this.options.now();
    if (now > this.spanEndsAt) {
      [this.bestBefore, this.best] = [this.best, Infinity];
      this.spanEndsAt = now + bestForMs;
    }
    this.best = Math.min(this.best, tookMs);
    if (now - this.adjustedAt < tookMs) return;
    this.adjustedAt = now;
    const { least, most } = this.options;
    this.current = Math.min(most, Math.max(least, this.adjusted(tookMs)));
  }

  private adjusted(tookMs: number): number {
    if (this.options.isOverloaded()) return this.current * overloadedShare;
    const queuedThere = this.current * (1 - Math.min(this.best, this.bestBefore) / tookMs);
    // Calls that do not use the limit say nothing about a higher one.
    if (queuedThere < alpha) return this.underWay >= this.limit ? this.current + 1 : this.current;
    return queuedThere > beta ? this.current - 1 : this.current;
  }
}

import { overloaded } from '@registrar/service';

/** Writes that are always taken: a pause of the service for a second is no overload. */
const alwaysTaken = 32;
/** Longest time that a write may be expected to wait, ms. The rate changes meanwhile: within 5 s it is answered. */
const mostWaitMs = 1_500;
/** How often the rate is measured, ms, and the share of the newest measurement in it. */
const measureEveryMs = 500;
const weight = 0.5;
/** Longest `Retry-After`, seconds. */
const mostRetrySeconds = 30;
/** Light writes of one key, and of all keys: what a service has beside the largest rush. */
const lightOfKey = 2;
const mostLight = 48;
/** With writes of more keys than these under way there are no more light ones. */
const mostKeys = 48;
/** Other writes under way; more are refused, so that one slow service cannot hold everything. */
const mostHeavy = 600;

/** Which connections a write has: a light one does not stand behind the others. */
export type WritePool = 'light' | 'heavy';

/**
 * Admission of writes to a service: one whose turn would come too late is refused at once, before any work is done for
 * it. What is expected to wait is the number of writes under way through the rate at which the service answers them
 * (Little's law), measured while it has enough to do; so a rush of hundreds that share commits is taken, and the same
 * number that do not is not.
 *
 * Writes have a key, the course that they are about: one whose key has next to nothing under way is light. It is taken
 * whatever waits for other courses, and does not wait behind it. Where dozens of courses have writes under way no one
 * of them is the cause, and all are admitted by the expected wait.
 *
 * Guarantee: a refusal costs no request to the service. `Retry-After` grows with the number of those who were refused
 * lately and is drawn from the whole time that the service needs for them, so that they do not come back together.
 */
export class WriteAdmission {
  private underWay = 0;
  private light = 0;
  private readonly ofKeys = new Map<string, number>();
  private answered = 0;
  private refused = 0;
  /** Fewest under way since the last measurement: with less to do than it can, a rate says nothing. */
  private fewest = 0;
  private measuredAt: number;
  private perSecond = Infinity;

  /** @param now by the monotonic clock, ms */
  constructor(
    private readonly now = () => performance.now(),
    private readonly random = Math.random,
  ) {
    this.measuredAt = now();
  }

  /**
   * Runs a write.
   *
   * @param key what it is about; those without one share theirs
   * @throws Problem 503 `overloaded` where its turn would come too late
   */
  async admit<T>(key: string | undefined, write: (pool: WritePool) => Promise<T>): Promise<T> {
    this.measure();
    const of = key ?? '';
    const pool = this.poolOf(of);
    if (pool === 'heavy' && !this.hasRoom) {
      this.refused += 1;
      throw overloaded(this.retryAfterSeconds());
    }
    this.count(of, pool, 1);
    try {
      return await write(pool);
    } finally {
      this.count(of, pool, -1);
      this.answered += 1;
      this.fewest = Math.min(this.fewest, this.underWay);
    }
  }

  private poolOf(key: string): WritePool {
    const isFew = this.light < mostLight && this.ofKeys.size < mostKeys;
    return isFew && (this.ofKeys.get(key) ?? 0) < lightOfKey ? 'light' : 'heavy';
  }

  private get hasRoom(): boolean {
    if (this.underWay - this.light >= mostHeavy) return false;
    return this.underWay < alwaysTaken || this.waitMs <= mostWaitMs;
  }

  private count(key: string, pool: WritePool, by: 1 | -1): void {
    this.underWay += by;
    if (pool === 'light') this.light += by;
    const left = (this.ofKeys.get(key) ?? 0) + by;
    if (left > 0) this.ofKeys.set(key, left);
    else this.ofKeys.delete(key);
  }

  private get waitMs(): number {
    return (this.underWay / this.perSecond) * 1_000;
  }

  private retryAfterSeconds(): number {
    const seconds = Math.min(mostRetrySeconds, (this.underWay + this.refused) / this.perSecond);
    return 1 + Math.floor(this.random() * seconds);
  }

  private measure(): void {
    const passedMs = this.now() - this.measuredAt;
    if (passedMs < measureEveryMs) return;
    const rate = (this.answered * 1_000) / passedMs;
    const isBusy = this.fewest >= alwaysTaken / 2;
    const known = Number.isFinite(this.perSecond);
    // After a calm span nothing is known of the next rush, which may well share its commits.
    if (!isBusy) this.perSecond = Infinity;
    else this.perSecond = known ? this.perSecond + (rate - this.perSecond) * weight : rate;
    // Those who were refused come back; half of them count on in the next span.
    this.refused /= 2;
    this.answered = 0;
    this.fewest = this.underWay;
    this.measuredAt = this.now();
  }
}

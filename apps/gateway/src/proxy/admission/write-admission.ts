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

/**
 * Admission of writes to a service: one whose turn would come too late is refused at once, before any work is done for
 * it. What is expected to wait is the number of writes under way through the rate at which the service answers them
 * (Little's law), measured while it has enough to do; so a rush of hundreds that share commits is taken, and the same
 * number that do not is not.
 *
 * Guarantee: a refusal costs no request to the service. `Retry-After` grows with the number of those who were refused
 * lately and is drawn from the whole time that the service needs for them, so that they do not come back together.
 */
export class WriteAdmission {
  private underWay = 0;
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

  /** Runs a write. @throws Problem 503 `overloaded` where its turn would come too late */
  async admit<T>(write: () => Promise<T>): Promise<T> {
    this.measure();
    if (this.underWay >= alwaysTaken && this.waitMs > mostWaitMs) {
      this.refused += 1;
      throw overloaded(this.retryAfterSeconds());
    }
    this.underWay += 1;
    try {
      return await write();
    } finally {
      this.underWay -= 1;
      this.answered += 1;
      this.fewest = Math.min(this.fewest, this.underWay);
    }
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

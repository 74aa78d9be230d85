import { steadyNow } from '@registrar/service';

/**
 * The store answers with the second that it has; an answer may be made up from one that ended a moment ago, ms.
 */
const resolutionMs = 2_000;

/**
 * The store's own time, as its answers tell it: the clock that all instances have in common.
 *
 * Guarantee: instances differ by 2 s at most, and by their way to the store after some answers; a wall clock of
 * this machine that is wrong or steps changes nothing. Failure: before the first answer, and with a store that
 * sends no `Date`, it is this process's own time.
 */
export class StoreClock {
  /** The store's time less this process's, ms. */
  private aheadMs = 0;
  private isKnown = false;

  constructor(private readonly steady: () => number = steadyNow) {}

  /** Milliseconds since the epoch, whole. */
  now(): number {
    return Math.round(this.steady() + this.aheadMs);
  }

  /** Where this process's time stands: to be noted before a question is sent. */
  asks(): number {
    return this.steady();
  }

  /**
   * Learns from an answer: its time passed at the store after it was asked for and before it came.
   *
   * @param date its `Date` header; undefined or unreadable tells nothing
   * @param askedAt what `asks` gave
   */
  heard(date: string | undefined, askedAt: number): void {
    const second = Date.parse(date ?? '');
    if (Number.isNaN(second)) return;
    const [least, most] = [second - this.steady(), second + resolutionMs - askedAt];
    this.aheadMs = this.isKnown ? Math.min(Math.max(this.aheadMs, least), most) : least;
    this.isKnown = true;
  }
}

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
  private offsetMs = 0;
  private isKnown = false;

  constructor(private readonly steady: () => number = steadyNow) {}

  /** Milliseconds since the epoch, whole. */
  now(): number {
    return Math.round(this.steady() + this.offsetMs);
  }

  /** This process's time, to be noted before a request is sent. */
  sendTime(): number {
    return this.steady();
  }

  /**
   * Corrects the offset by an answer: the store made it after the request was sent and before the answer came.
   *
   * @param date its `Date` header; ignored where undefined or unreadable
   * @param sentAt what `sendTime` gave
   */
  observeAnswer(date: string | undefined, sentAt: number): void {
    const second = Date.parse(date ?? '');
    if (Number.isNaN(second)) return;
    const [least, most] = [second - this.steady(), second + resolutionMs - sentAt];
    this.offsetMs = this.isKnown ? Math.min(Math.max(this.offsetMs, least), most) : least;
    this.isKnown = true;
  }
}

/**
 * The server's time by this device's clock: the offset comes from the `Date` header of answers.
 *
 * The header has whole seconds, so one answer leaves up to 500 ms of doubt plus half the round trip; the interval
 * that every answer allows is intersected with the last, which narrows it. A jump of the device's clock empties the
 * intersection: then the newest answer alone counts.
 */
export class ServerClock {
  private lowMs = -Infinity;
  private highMs = Infinity;

  /** Takes note of an answer: when it was asked for and came, by this device, and its `Date` header. */
  observe(date: string | null, sentAtMs: number, receivedAtMs: number): void {
    const serverMs = date === null ? NaN : Date.parse(date);
    if (Number.isNaN(serverMs)) return;
    // The header was written between both moments, and stands for any time within its second.
    const low = serverMs - receivedAtMs;
    const high = serverMs + 999 - sentAtMs;
    const isConsistent = low <= this.highMs && high >= this.lowMs;
    this.lowMs = isConsistent ? Math.max(low, this.lowMs) : low;
    this.highMs = isConsistent ? Math.min(high, this.highMs) : high;
  }

  /** The server's time in ms since 1970; the device's own before the first answer. */
  now(deviceMs: number = Date.now()): number {
    return Number.isFinite(this.lowMs) ? deviceMs + (this.lowMs + this.highMs) / 2 : deviceMs;
  }
}

/** The clock of this tab. */
export const serverClock = new ServerClock();

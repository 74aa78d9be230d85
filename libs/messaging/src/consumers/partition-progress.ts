/** How often an event was tried, and what its tries failed by. */
export interface Tries {
  /** All tries so far. */
  made: number;
  /** Those in which a handler failed by itself; they count towards the dead letter. */
  failures: number;
  /** Those since the last answer of a handler in which something that it needs was away; they only lengthen the wait. */
  outages: number;
}

const untried: Tries = { made: 0, failures: 0, outages: 0 };

/**
 * The progress of a partition beyond its committed offset: which later events are handled already,
 * and how often the others were tried.
 *
 * The offset moves only over what is handled without a gap, so a partition that was set back by one failing
 * event does not repeat its neighbours' work.
 */
export class PartitionProgress {
  private readonly handled = new Set<string>();
  private readonly tries = new Map<string, Tries>();

  isHandled(offset: string): boolean {
    return this.handled.has(offset);
  }

  /** The tries of the event at `offset` so far. */
  triesOf(offset: string): Tries {
    return this.tries.get(offset) ?? untried;
  }

  /** Notes a try that failed. A failure of the handler ends an outage: what it needs has answered. */
  failed(offset: string, infrastructure: boolean): void {
    const { made, failures, outages } = this.triesOf(offset);
    this.tries.set(
      offset,
      infrastructure
        ? { made: made + 1, failures, outages: outages + 1 }
        : { made: made + 1, failures: failures + 1, outages: 0 },
    );
  }

  /** The event at `offset` needs no further work. */
  complete(offset: string): void {
    this.handled.add(offset);
    this.tries.delete(offset);
  }

  /**
   * The last of `offsets` (in order, from the first that is not passed) up to which all are handled, or
   * undefined when the first is not; forgets what it passes.
   */
  pass(offsets: string[]): string | undefined {
    let last: string | undefined;
    for (const offset of offsets) {
      if (!this.handled.delete(offset)) break;
      last = offset;
    }
    return last;
  }
}

/**
 * What this process knows of a partition beyond its committed offset: which later events are handled already,
 * and how often the others were tried.
 *
 * The offset moves only over what is handled without a gap, so a partition that was set back by one failing
 * event does not repeat its neighbours' work.
 */
export class PartitionProgress {
  private readonly handled = new Set<string>();
  private readonly tries = new Map<string, number>();

  isHandled(offset: string): boolean {
    return this.handled.has(offset);
  }

  /** Notes one more try of the event at `offset` and gives its number, from 1. */
  nextAttempt(offset: string): number {
    const attempt = (this.tries.get(offset) ?? 0) + 1;
    this.tries.set(offset, attempt);
    return attempt;
  }

  /** The event at `offset` needs no further work. */
  settle(offset: string): void {
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

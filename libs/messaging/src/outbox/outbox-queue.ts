import type { OutboxEntry } from './outbox-entry.ts';

/**
 * The entries of one aggregate that wait to be published, in the order of their sequence.
 *
 * It tracks up to where nothing is missing before them, and lets an entry go only when everything before it is
 * published or goes with it.
 */
export class OutboxQueue {
  private entries: OutboxEntry[] = [];
  /** Every sequence below this one is published or in the queue. */
  private clearedBelow = 1;

  get isEmpty(): boolean {
    return this.entries.length === 0;
  }

  /** Takes `entry` in at its place; false when it is there already. */
  insertEntry(entry: OutboxEntry): boolean {
    const at = this.entries.findIndex(({ sequence }) => sequence >= entry.sequence);
    if (at < 0) this.entries.push(entry);
    else if (this.entries[at]?.sequence === entry.sequence) return false;
    else this.entries.splice(at, 0, entry);
    return true;
  }

  /** Notes that all sequences below `sequence` are published or in the queue. */
  clear(sequence: number): void {
    this.clearedBelow = Math.max(this.clearedBelow, sequence);
  }

  /** The entries that may be sent now, in order. */
  ready(): OutboxEntry[] {
    return this.entries.slice(0, this.readyCount());
  }

  /** The first sequence that must not go before its predecessors are known; undefined when all are. */
  firstUnclear(): number | undefined {
    return this.entries[this.readyCount()]?.sequence;
  }

  /** Lets go of `sent`, entries of this queue that Kafka acknowledged, and of nothing else. */
  published(sent: readonly OutboxEntry[]): void {
    const gone = new Set(sent);
    for (const { through } of sent) this.clear(through + 1);
    this.entries = this.entries.filter((entry) => !gone.has(entry));
  }

  private readyCount(): number {
    let cleared = this.clearedBelow;
    let count = 0;
    for (const { sequence, through } of this.entries) {
      if (sequence > cleared) break;
      cleared = Math.max(cleared, through + 1);
      count += 1;
    }
    return count;
  }
}

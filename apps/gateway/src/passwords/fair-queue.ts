/**
 * A bounded queue that groups share: they are served in turns, each its oldest entry, so that a group waits for one
 * entry of every other group at most, however many those have.
 *
 * When it is full, an entry of a group with a smaller share displaces the newest one of the group with the largest;
 * without such a group the entry itself is refused.
 */
export class FairQueue<Entry> {
  /** In the order of their turns; none is empty. */
  private readonly groups = new Map<string, Entry[]>();
  private count = 0;

  constructor(private readonly most: number) {}

  /** Entries that wait. */
  get length(): number {
    return this.count;
  }

  /** Whether an entry of `group` would be refused now. */
  refuses(group: string): boolean {
    return this.count >= this.most && this.largestBeyond(group) === undefined;
  }

  /** Adds an entry. @returns the one that has no place: undefined, a displaced one, or `entry` itself */
  push(group: string, entry: Entry): Entry | undefined {
    let displaced: Entry | undefined;
    if (this.count >= this.most) {
      const largest = this.largestBeyond(group);
      if (!largest) return entry;
      displaced = largest.pop();
      this.count -= 1;
    }
    const own = this.groups.get(group);
    if (own) own.push(entry);
    else this.groups.set(group, [entry]);
    this.count += 1;
    return displaced;
  }

  /** Takes the oldest entry of the group whose turn it is. */
  shift(): Entry | undefined {
    const [next] = this.groups;
    if (!next) return undefined;
    const [group, entries] = next;
    this.groups.delete(group);
    const entry = entries.shift();
    if (entries.length > 0) this.groups.set(group, entries);
    this.count -= 1;
    return entry;
  }

  /** The largest group, where it still has as much as `group` once each gave and got one. */
  private largestBeyond(group: string): Entry[] | undefined {
    let largest: Entry[] = [];
    for (const entries of this.groups.values()) if (entries.length > largest.length) largest = entries;
    const own = this.groups.get(group)?.length ?? 0;
    return largest.length > own + 1 ? largest : undefined;
  }
}

import { Turns, longestOf, shiftInTurn } from './turns.ts';

/**
 * A bounded queue that groups share: they are served in turns, and so are the members of each, so that a group
 * waits for one entry of every other group at most, however many those or their members have.
 *
 * When it is full, an entry of a group with a smaller share displaces the newest one of the group with the largest,
 * and within a group that of a member with a smaller share one of the member with the largest; without such a group
 * or member the entry itself is refused.
 */
export class FairQueue<Entry> {
  /** In the order of their turns; none is empty. */
  private readonly groups = new Map<string, Turns<Entry>>();
  private count = 0;

  constructor(private readonly most: number) {}

  /** Entries that wait. */
  get length(): number {
    return this.count;
  }

  /** Whether an entry of `member` of `group` would be refused now. */
  refuses(group: string, member = ''): boolean {
    return this.count >= this.most && this.greedier(group, member) === undefined;
  }

  /** Adds an entry. @returns the one that has no place: undefined, a displaced one, or `entry` itself */
  push(group: string, entry: Entry, member = ''): Entry | undefined {
    let displaced: Entry | undefined;
    if (this.count >= this.most) {
      const greedier = this.greedier(group, member);
      if (!greedier) return entry;
      displaced = greedier.displace();
      this.count -= 1;
    }
    const own = this.groups.get(group) ?? new Turns<Entry>();
    own.push(member, entry);
    this.groups.set(group, own);
    this.count += 1;
    return displaced;
  }

  /** Takes the oldest entry of the member whose turn it is in the group whose turn it is. */
  shift(): Entry | undefined {
    if (this.count > 0) this.count -= 1;
    return shiftInTurn(this.groups);
  }

  /** Who still has as much as `group`, or within it as `member`, once it gave one and they got one. */
  private greedier(group: string, member: string): Turns<Entry> | undefined {
    const own = this.groups.get(group);
    const largest = longestOf(this.groups)?.[1];
    if (largest && largest.length > (own?.length ?? 0) + 1) return largest;
    return own && own.most > own.lengthOf(member) + 1 ? own : undefined;
  }
}

/** Entries of members who are served in turns, each its oldest one. */
export class Turns<Entry> {
  /** In the order of their turns; none is empty. */
  private readonly members = new Map<string, Entry[]>();
  private count = 0;

  /** Entries that wait. */
  get length(): number {
    return this.count;
  }

  push(member: string, entry: Entry): void {
    const own = this.members.get(member);
    if (own) own.push(entry);
    else this.members.set(member, [entry]);
    this.count += 1;
  }

  /** Takes the oldest entry of the member whose turn it is. */
  shift(): Entry | undefined {
    const [next] = this.members;
    if (!next) return undefined;
    const [member, entries] = next;
    this.members.delete(member);
    const entry = entries.shift();
    if (entries.length > 0) this.members.set(member, entries);
    this.count -= 1;
    return entry;
  }

  /** Entries of the member with the most. */
  get most(): number {
    return Math.max(0, ...[...this.members.values()].map(({ length }) => length));
  }

  lengthOf(member: string): number {
    return this.members.get(member)?.length ?? 0;
  }

  /** Takes the newest entry of the member with the most. */
  displace(): Entry | undefined {
    const { most } = this;
    for (const [member, entries] of this.members) {
      if (entries.length < most) continue;
      if (entries.length === 1) this.members.delete(member);
      this.count -= 1;
      return entries.pop();
    }
    return undefined;
  }
}

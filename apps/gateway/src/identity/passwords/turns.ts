interface Queue<Entry> {
  readonly length: number;
  shift(): Entry | undefined;
}

/** Takes the oldest entry of the queue whose turn it is; the queue comes last then, or is removed once it is empty. */
export function shiftInTurn<Entry>(queues: Map<string, Queue<Entry>>): Entry | undefined {
  const [next] = queues;
  if (!next) return undefined;
  const [key, queue] = next;
  queues.delete(key);
  const entry = queue.shift();
  if (queue.length > 0) queues.set(key, queue);
  return entry;
}

/** The first of the queues with the most entries, with its key. */
export function longestOf<Each extends { readonly length: number }>(
  queues: ReadonlyMap<string, Each>,
): readonly [string, Each] | undefined {
  let longest: readonly [string, Each] | undefined;
  for (const each of queues) if (each[1].length > (longest?.[1].length ?? 0)) longest = each;
  return longest;
}

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
    if (this.count > 0) this.count -= 1;
    return shiftInTurn(this.members);
  }

  /** Entries of the member with the most. */
  get most(): number {
    return longestOf(this.members)?.[1].length ?? 0;
  }

  lengthOf(member: string): number {
    return this.members.get(member)?.length ?? 0;
  }

  /** Takes the newest entry of the member with the most. */
  displace(): Entry | undefined {
    const longest = longestOf(this.members);
    if (!longest) return undefined;
    const [member, entries] = longest;
    if (entries.length === 1) this.members.delete(member);
    this.count -= 1;
    return entries.pop();
  }
}

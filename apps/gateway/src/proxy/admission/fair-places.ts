/** Why there is no place: the group has its share of them, or each is taken by a group that holds no other. */
export type PlaceRefusal = 'share' | 'total';

interface Entry {
  readonly group: string;
  readonly evict: () => void;
}

/**
 * A number of places of an instance that groups of clients share.
 *
 * Guarantee: while places are free there is no bound, and one group may hold them all. When all are taken, a group
 * that holds less gets the oldest place of the one that holds most, so that a few greedy groups, however many
 * places they took before, leave each newcomer a fair share. Each operation costs the same, however many groups
 * there are.
 */
export class FairPlaces {
  private used = 0;
  private most = 0;
  private readonly groups = new Map<string, Set<Entry>>();
  /** The groups that hold so many. */
  private readonly bySize = new Map<number, Set<string>>();

  constructor(private readonly total: number) {}

  /** Places that are taken. */
  get size(): number {
    return this.used;
  }

  /**
   * Takes a place for a group.
   *
   * @param evict called, at most once, when the place goes to another group: what it was taken for must end
   * @returns gives the place back, called once or more often; or why there is none
   */
  enter(group: string, evict: () => void): (() => void) | PlaceRefusal {
    if (this.used >= this.total) {
      const held = this.groups.get(group)?.size ?? 0;
      // With one more it would hold as many as the other keeps: that is what fair is.
      if (this.most <= held + 1) return held > 0 ? 'share' : 'total';
      this.evictOne();
    }
    const entry = { group, evict };
    this.add(entry);
    return () => this.remove(entry);
  }

  private evictOne(): void {
    const [group = ''] = this.bySize.get(this.most) ?? [];
    const [oldest] = this.groups.get(group) ?? [];
    if (!oldest) return;
    this.remove(oldest);
    oldest.evict();
  }

  private add(entry: Entry): void {
    const own = this.groups.get(entry.group) ?? new Set();
    this.groups.set(entry.group, own.add(entry));
    this.used += 1;
    this.resized(entry.group, own.size - 1, own.size);
  }

  private remove(entry: Entry): void {
    const own = this.groups.get(entry.group);
    if (!own?.delete(entry)) return;
    this.used -= 1;
    if (own.size === 0) this.groups.delete(entry.group);
    this.resized(entry.group, own.size + 1, own.size);
  }

  private resized(group: string, from: number, to: number): void {
    const before = this.bySize.get(from);
    before?.delete(group);
    if (before?.size === 0) this.bySize.delete(from);
    if (to > 0) this.bySize.set(to, (this.bySize.get(to) ?? new Set()).add(group));
    if (to > this.most || !this.bySize.has(this.most)) this.most = to;
  }
}

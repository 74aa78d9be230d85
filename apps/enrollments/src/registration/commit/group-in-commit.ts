import { backoffMs } from '@registrar/async';
import { ChangeRefused, storeBackoff } from '@registrar/dynamodb';
import type { Entry, GroupResult } from './course-queue.ts';
import type { LeftOut } from './group-view.ts';
import type { LostGroup } from './lost-commit.rules.ts';

/** A group while it is being committed: who is still in it, who left it and why. */
export class GroupInCommit implements LeftOut {
  readonly refused = new Set<string>();
  readonly postponed = new Set<string>();
  private readonly back: Entry[] = [];
  private readonly later: { entry: Entry; afterMs: number }[] = [];

  constructor(public current: Entry[]) {}

  /** Takes out entries that are committed elsewhere. */
  release(entries: readonly Entry[]): void {
    if (entries.length === 0) return;
    for (const entry of entries) entry.resolve('alone');
    this.current = this.current.filter((entry) => !entries.includes(entry));
  }

  /**
   * Takes out the entries whose own items blocked the commit: one whose request is answered already is settled, the
   * others are read again, come back after a pause, or are rejected.
   *
   * @param settles settles an entry by the stored answer of its request, where there is one
   */
  leave(lost: LostGroup, settles: (entry: Entry) => boolean): void {
    const gone = [...lost.changed, ...lost.contended, ...lost.refused];
    const unsettled = gone.filter((entry) => !settles(entry));
    for (const entry of unsettled) {
      if (lost.refused.includes(entry)) entry.reject(new ChangeRefused(new Error('an action of its own')));
      else if (lost.contended.includes(entry)) this.later.push({ entry, afterMs: pauseOf(entry) });
      else this.back.push(entry);
    }
    for (const userId of lost.refusedOthers) this.refused.add(userId);
    this.current = this.current.filter((entry) => !gone.includes(entry));
  }

  /** The commit stands. @param left those for whom it had no room */
  stands(left: readonly Entry[]): GroupResult {
    const size = this.back.length + this.later.length > 0 ? 'shrink' : 'grow';
    return { again: [...this.back, ...left], later: this.later, size };
  }

  /** All that are left are read and decided again. */
  again(size: GroupResult['size']): GroupResult {
    return { again: [...this.back, ...this.current], later: this.later, size };
  }

  /**
   * The store does not take the commit, and it is not known for whose sake: halves find out, first of the entries, then
   * of the students whom the commit of one entry would change beside it. One of those who is alone is left out for
   * good; an entry that is alone is rejected.
   *
   * @param others those students, in the order in which they wait
   * @returns undefined where it is to be planned once more
   */
  refusedAsAWhole(others: readonly string[]): GroupResult | undefined {
    if (this.current.length > 1) return this.again({ atMost: this.current.length >> 1 });
    const [first, ...more] = others;
    if (more.length > 0)
      for (const userId of others.slice((others.length + 1) >> 1)) this.postponed.add(userId);
    else if (first !== undefined) this.refused.add(first);
    if (first !== undefined) return undefined;
    for (const entry of this.current) entry.reject(new ChangeRefused(new Error('the commit as a whole')));
    this.current = [];
    return this.again('keep');
  }

  /** How long to wait for what all of them need, ms. */
  backoff(): number {
    return Math.max(0, ...this.current.map(pauseOf));
  }
}

function pauseOf(entry: Entry): number {
  entry.contentions = (entry.contentions ?? 0) + 1;
  return backoffMs(entry.contentions, storeBackoff);
}

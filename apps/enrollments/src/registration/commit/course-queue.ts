import type { Trace } from '@registrar/service';
import { studentOf } from '../planning/commands.ts';
import type { Command, CommandOutcome } from '../planning/commands.ts';
import type { Seats } from '../../enrollment/enrollment.types.ts';
import type { GroupItems } from './view.repository.ts';

/** A command that waits for its commit, and how its sender gets the outcome. */
export interface Entry {
  command: Command;
  /** That of the request, for its events: the commit itself runs for many. */
  trace: Trace | undefined;
  /** By the monotonic clock (`steadyNow`), ms: after it the entry is not tried again. */
  deadline: number;
  /** Commits that it lost because items were held or throttled; each makes the next pause longer. */
  contentions?: number;
  /** With `alone` where the command concerns other courses too: it is to be committed beside the queues. */
  resolve: (outcome: CommandOutcome | 'alone') => void;
  reject: (error: unknown) => void;
}

/** What became of a group: entries to try again first, and how the next group's size shall change. */
export interface GroupResult {
  again: Entry[];
  /** Entries to try again first, each after a pause of its own; the others do not wait for them. */
  later?: readonly { entry: Entry; afterMs: number }[];
  size: 'grow' | 'keep' | 'shrink' | { atMost: number };
  /** The course's seats after the commit, where it stands. */
  seats?: Seats | undefined;
  /** Students that it changed without a command of theirs, such as those who waited. */
  others?: readonly string[];
}

/** What was read for a group while the one before it was being committed. */
export interface Prefetched {
  found: Promise<GroupItems>;
  /** As the group before left them. */
  seats: Seats;
}

/** How a queue's groups are committed. */
interface GroupCommits {
  /** Runs work when there is room for it: what comes meanwhile shares the commit. */
  inTurn(work: () => Promise<void>): Promise<void>;
  /** Commits a group; must settle or give back every entry and never throw. */
  commit(entries: Entry[], prefetched: Prefetched | undefined): Promise<GroupResult>;
  /** Begins to read for a group that is committed next. */
  prefetch(entries: readonly Entry[]): Promise<GroupItems>;
}

type Item = { kind: 'entry'; entry: Entry } | { kind: 'exclusive'; work: () => Promise<void> };

/** Requests in one transaction at most: 3 actions each, beside the seats and the outbox, fit into 100. */
export const maxGroup = 32;

/**
 * The commands of one course, committed one group after the other.
 *
 * While a group is in flight the others wait, and the next group takes those: the more come, the more share a
 * commit. Where whole groups wait, the next one is read for while this one is committed. The size halves when
 * students of a group were changed elsewhere and doubles with each commit that stands. Exclusive work (a swap
 * holds two courses) has the course alone. Entries whose own items are busy return by themselves.
 */
export class CourseQueue {
  private items: Item[] = [];
  private size = maxGroup;
  private running = false;
  /** Entries that return after a pause. */
  private returning = 0;
  /** Whether the last commit stood whole: where it seldom does, what is read prefetched is seldom of use. */
  private stoodWhole = true;

  constructor(
    private readonly commits: GroupCommits,
    private readonly onIdle: () => void,
  ) {}

  /** Commands and exclusive works that wait. */
  get length(): number {
    return this.items.length + this.returning;
  }

  push(entry: Entry): void {
    this.items.push({ kind: 'entry', entry });
    this.start();
  }

  /** Runs `work` when its turn has come, with nothing else of the course in flight. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.items.push({ kind: 'exclusive', work: () => work().then(resolve, reject) });
      this.start();
    });
  }

  private start(): void {
    if (this.running) return;
    this.running = true;
    // Requests that arrive in the same turn of the event loop share the first commit.
    setImmediate(() => void this.run());
  }

  private async run(): Promise<void> {
    while (this.items.length > 0) await this.commits.inTurn(() => this.workOnFirst());
    this.running = false;
    if (this.returning === 0) this.onIdle();
  }

  private async workOnFirst(): Promise<void> {
    const [item] = this.items;
    if (item?.kind !== 'exclusive') return this.commitGroups(this.takeGroup());
    this.items.shift();
    await item.work();
  }

  /** Commits a group, then those that were prefetched during its commit. */
  private async commitGroups(first: Entry[]): Promise<void> {
    let group = first;
    let prefetched: Prefetched | undefined;
    while (group.length > 0) {
      const next = this.stoodWhole ? this.takeWholeGroup() : [];
      const found = next.length > 0 ? this.commits.prefetch(next) : undefined;
      // Where the prefetch is not used, its failure is ignored.
      found?.catch(() => undefined);
      const { again, later = [], size, seats, others } = await this.commits.commit(group, prefetched);
      this.resize(size);
      for (const { entry, afterMs } of later) this.returns(entry, afterMs);
      this.stoodWhole = seats !== undefined && again.length + later.length === 0;
      if (!found || !seats || again.length > 0 || hasAny(next, others)) {
        this.putBack(next);
        this.putBack(again);
        return;
      }
      prefetched = { found, seats };
      group = next;
    }
  }

  private returns(entry: Entry, afterMs: number): void {
    this.returning += 1;
    setTimeout(() => {
      this.returning -= 1;
      this.putBack([entry]);
      this.start();
    }, afterMs);
  }

  private putBack(entries: readonly Entry[]): void {
    this.items.unshift(...entries.map((entry): Item => ({ kind: 'entry', entry })));
  }

  private takeWholeGroup(): Entry[] {
    const group = this.takeGroup();
    if (group.length === this.size) return group;
    this.putBack(group);
    return [];
  }

  /** The next entries, one a student: a student's second command must see what the first one did. */
  private takeGroup(): Entry[] {
    const group: Entry[] = [];
    const students = new Set<string>();
    while (group.length < this.size) {
      const item = this.items[0];
      if (item?.kind !== 'entry') break;
      const student = studentOf(item.entry.command);
      if (student !== undefined) {
        if (students.has(student)) break;
        students.add(student);
      }
      this.items.shift();
      group.push(item.entry);
    }
    return group;
  }

  private resize(change: GroupResult['size']): void {
    if (typeof change === 'object') this.size = Math.max(1, Math.min(this.size, change.atMost));
    if (change === 'grow') this.size = Math.min(maxGroup, this.size * 2);
    if (change === 'shrink') this.size = Math.max(1, this.size >> 1);
  }
}

function hasAny(entries: readonly Entry[], students: readonly string[] = []): boolean {
  return entries.some(({ command }) => students.includes(studentOf(command) ?? ''));
}

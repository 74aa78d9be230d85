import type { Trace } from '@registrar/service';
import type { Command, CommandOutcome } from '../draft/commands.ts';

/** A command that waits for its commit, and how its sender hears of the outcome. */
export interface Entry {
  command: Command;
  /** That of the request, for its events: the commit itself runs for many. */
  trace: Trace | undefined;
  /** Milliseconds since the epoch after which it is not tried again. */
  deadline: number;
  resolve: (outcome: CommandOutcome) => void;
  reject: (error: unknown) => void;
}

/** What became of a group: entries to try again first, and how the next group's size shall change. */
export interface GroupResult {
  again: Entry[];
  size: 'grow' | 'keep' | 'shrink';
}

type Item = { kind: 'entry'; entry: Entry } | { kind: 'exclusive'; work: () => Promise<void> };

/** Requests in one transaction at most: 3 actions each, beside the seats and the outbox, fit into 100. */
export const maxGroup = 32;

/**
 * The commands of one course, committed one group after the other.
 *
 * While a group is in flight the others wait, and the next group takes those: the more come, the more share a
 * commit. The size halves when students of a group were changed elsewhere and doubles with each commit that
 * stands. Exclusive work (a swap holds two courses) has the course alone.
 */
export class CourseQueue {
  private items: Item[] = [];
  private size = maxGroup;
  private running = false;

  /** @param commitGroup commits a group; must settle or give back every entry and never throw */
  constructor(
    private readonly commitGroup: (entries: Entry[]) => Promise<GroupResult>,
    private readonly onIdle: () => void,
  ) {}

  /** Commands and exclusive works that wait. */
  get length(): number {
    return this.items.length;
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
    for (let item = this.items[0]; item; item = this.items[0]) {
      if (item.kind === 'exclusive') {
        this.items.shift();
        await item.work();
        continue;
      }
      const { again, size } = await this.commitGroup(this.takeGroup());
      this.items.unshift(...again.map((entry): Item => ({ kind: 'entry', entry })));
      this.resize(size);
    }
    this.running = false;
    this.onIdle();
  }

  /** The next entries, one a student: a student's second command must see what the first one did. */
  private takeGroup(): Entry[] {
    const group: Entry[] = [];
    const students = new Set<string>();
    while (group.length < this.size) {
      const item = this.items[0];
      if (item?.kind !== 'entry') break;
      const { command } = item.entry;
      if (command.kind !== 'continue') {
        if (students.has(command.userId)) break;
        students.add(command.userId);
      }
      this.items.shift();
      group.push(item.entry);
    }
    return group;
  }

  private resize(change: GroupResult['size']): void {
    if (change === 'grow') this.size = Math.min(maxGroup, this.size * 2);
    if (change === 'shrink') this.size = Math.max(1, this.size >> 1);
  }
}

import { steadyNow } from '@registrar/service';
import { coursesOf } from '../planning/change-set.ts';
import type { ChangeSet } from '../planning/change-set.ts';
import type { CommandOutcome } from '../planning/commands.ts';
import type { LostTry } from './change-set-commit.ts';
import { maxTogether } from './sets-together.ts';
import type { WaitingSet } from './sets-together.ts';

/** What the turns of sets need. */
interface TurnsOptions {
  /** Runs work with nothing else of the course in flight. */
  exclusive(courseId: string, work: () => Promise<void>): Promise<void>;
  /** Commits sets in one transaction; settles them, or gives them back where it has no room, and never throws. */
  commit(sets: readonly WaitingSet[]): Promise<readonly WaitingSet[]>;
  /** The class of a course, whose queue it is. */
  classOf(courseId: string): string;
  /** The error of a set whose time is over before its turn. */
  late(): Error;
}

/**
 * The change sets over several courses that wait for their turn in the queue of one. Those that can share a commit do:
 * when the turn comes, it takes as many as one transaction holds, and the others have the next one, behind what waits in
 * the queue by then.
 *
 * Guarantee: every set is settled; none is tried after its deadline.
 */
export class SetTurns {
  private readonly waiting = new Map<string, WaitingSet[]>();
  /** Sets that are tried beside the queues at the moment, by class. */
  private readonly tried = new Map<string, number>();

  constructor(private readonly options: TurnsOptions) {}

  /** A class of the set that others wait for, or try to get beside the queues; undefined where there is none. */
  courseOf(set: ChangeSet): string | undefined {
    return this.classesOf(set).find((id) => this.waiting.has(id) || this.tried.has(id));
  }

  /** Runs a try of the set beside the queues. */
  async tryBeside<T>(set: ChangeSet, work: () => Promise<T>): Promise<T> {
    const ids = this.classesOf(set);
    for (const id of ids) this.tried.set(id, (this.tried.get(id) ?? 0) + 1);
    try {
      return await work();
    } finally {
      for (const id of ids) {
        const left = (this.tried.get(id) ?? 1) - 1;
        if (left > 0) this.tried.set(id, left);
        else this.tried.delete(id);
      }
    }
  }

  /** Commits the set when its turn has come, with others. */
  join(
    courseId: string,
    set: Pick<WaitingSet, 'set' | 'trace' | 'deadline'>,
  ): Promise<CommandOutcome | LostTry> {
    return new Promise((resolve, reject) => {
      const entry = { ...set, resolve, reject };
      const waiting = this.waiting.get(courseId);
      if (waiting) {
        waiting.push(entry);
        return;
      }
      this.waiting.set(courseId, [entry]);
      this.takeTurn(courseId);
    });
  }

  private classesOf(set: ChangeSet): string[] {
    return [...new Set(coursesOf(set).map((id) => this.options.classOf(id)))];
  }

  private takeTurn(courseId: string): void {
    void this.options.exclusive(courseId, async () => {
      const waiting = this.waiting.get(courseId) ?? [];
      const group = this.inTime(waiting.splice(0, maxTogether));
      if (group.length > 0) waiting.unshift(...(await this.options.commit(group)));
      // Looked at last: sets that come during a commit join those that are left.
      if (waiting.length > 0) this.takeTurn(courseId);
      else this.waiting.delete(courseId);
    });
  }

  private inTime(sets: readonly WaitingSet[]): WaitingSet[] {
    return sets.filter(({ deadline, reject }) => {
      const isInTime = steadyNow() < deadline;
      if (!isInTime) reject(this.options.late());
      return isInTime;
    });
  }
}

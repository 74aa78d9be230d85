import { Injectable } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { currentTrace, overloaded, steadyNow } from '@registrar/service';
import type { Command, CommandOutcome } from '../planning/commands.ts';
import { CourseQueue } from './course-queue.ts';
import { GroupCommit } from './group-commit.ts';
import * as metrics from './registration.metrics.ts';
import { StudentTurns } from './student-turns.ts';

/** Requests that may wait for one course: at 500 a second, the last one waits four. */
const maxPerCourse = 2_000;
/** Requests that may wait on this instance. */
const maxPerInstance = 5_000;
/** After this time a request that could not be committed is given up, ms. */
const commitTimeoutMs = 5_000;

/**
 * Commits the registrations of each course, many at a time.
 *
 * Guarantee: a returned outcome is durable, and no seat is given twice, whichever instance asks.
 * Failure: throws 503 `overloaded` at once when too many wait, 503 `service_unavailable` when the store refuses
 * for too long; a retry with the same key then finds what became of it.
 */
@Injectable()
export class CourseCommitter implements OnModuleDestroy {
  private readonly queues = new Map<string, CourseQueue>();
  private readonly turns = new StudentTurns();
  private waiting = 0;
  private stopping = false;

  constructor(private readonly groups: GroupCommit) {}

  /** Whether the process is about to end: work that nobody waits for is left to other instances. */
  get isStopping(): boolean {
    return this.stopping;
  }

  /** Commits one command; those of one student run one after the other. */
  submit(command: Command): Promise<CommandOutcome> {
    this.admit(command.courseId);
    const waits =
      command.kind === 'continue'
        ? this.enqueue(command)
        : this.turns.run(command.userId, () => this.enqueue(command));
    return this.counted(waits);
  }

  /** Runs `work` with several courses held, taken in the order of their ids so that two never wait for each other. */
  exclusive<T>(userId: string, courseIds: readonly string[], work: () => Promise<T>): Promise<T> {
    for (const courseId of courseIds) this.admit(courseId);
    const inOrder = [...new Set(courseIds)].sort();
    const held = inOrder.reduceRight(
      (inner, courseId) => () => this.queueOf(courseId).exclusive(inner),
      work,
    );
    return this.counted(this.turns.run(userId, held));
  }

  onModuleDestroy(): void {
    this.stopping = true;
  }

  private enqueue(command: Command): Promise<CommandOutcome> {
    return new Promise((resolve, reject) => {
      const deadline = steadyNow() + commitTimeoutMs;
      this.queueOf(command.courseId).push({ command, trace: currentTrace(), deadline, resolve, reject });
    });
  }

  private queueOf(courseId: string): CourseQueue {
    let queue = this.queues.get(courseId);
    if (!queue) {
      queue = new CourseQueue(
        {
          commit: (entries, ahead) => this.groups.commit(courseId, entries, ahead),
          readAhead: (entries) => this.groups.readAhead(courseId, entries),
        },
        () => this.queues.delete(courseId),
      );
      this.queues.set(courseId, queue);
    }
    return queue;
  }

  private admit(courseId: string): void {
    const full = this.waiting >= maxPerInstance || (this.queues.get(courseId)?.length ?? 0) >= maxPerCourse;
    if (!full) return;
    metrics.shedRequests.inc();
    throw overloaded();
  }

  private async counted<T>(work: Promise<T>): Promise<T> {
    metrics.waitingRequests.set(++this.waiting);
    try {
      return await work;
    } finally {
      metrics.waitingRequests.set(--this.waiting);
    }
  }
}

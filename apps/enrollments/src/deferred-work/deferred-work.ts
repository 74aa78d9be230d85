import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Dynamo, conditionHeld } from '@registrar/dynamodb';
import { CourseCommitter } from '../registration/commit/course-committer.ts';
import { DeferredWorkEvents } from '../registration/commit/deferred-work.events.ts';
import type { StudentSemesterItem } from '../enrollment/store/enrollment.codec.ts';
import { Rejudging } from './rejudging.ts';

/** Pause before the next commit of work whose last one could change nothing (the index it reads from lags), ms. */
const pauseMs = 200;

/**
 * Does the work that commits defer: owed promotions, the enrollments of cancelled courses, and waiting
 * places whose student's schedule, or the rules for it, became looser.
 *
 * Guarantee: the marks in the store go only when the work is done, so any instance can continue after a crash.
 * Failure: logged; the sweeper comes back to it.
 */
@Injectable()
export class DeferredWork {
  private readonly logger = new Logger(DeferredWork.name);
  private readonly running = new Map<string, { next?: () => void }>();

  constructor(
    private readonly dynamo: Dynamo,
    private readonly committer: CourseCommitter,
    private readonly rejudging: Rejudging,
    events: DeferredWorkEvents,
  ) {
    events.on('courseWorkDue', (courseId, progressed) => this.continueCourse(courseId, progressed));
    events.on('scheduleLoosened', (userId, semesterId) => this.reconsiderWaiting(userId, semesterId));
  }

  /** Continues what a course owes. @param progressed whether its last commit changed anything; if not, a pause comes first */
  continueCourse(courseId: string, progressed: boolean): void {
    this.start(`course ${courseId}`, progressed ? 0 : pauseMs, async () => {
      await this.committer.submitTo(courseId, { kind: 'continue' });
    });
  }

  /** Judges the waiting places of a student's semester again. */
  reconsiderWaiting(userId: string, semesterId: string): void {
    this.start(`student ${userId} ${semesterId}`, 0, () => this.reconsider(userId, semesterId));
  }

  /** A registrar's change may have made room for students who wait elsewhere: `key` notes which. */
  rejudge(key: string, semesterId: string): void {
    this.start(`${key} ${semesterId}`, 0, () => this.rejudging.rejudgeNote(key, semesterId));
  }

  private async reconsider(userId: string, semesterId: string): Promise<void> {
    const key = { user_id: userId, semester_id: semesterId };
    const item = await this.dynamo.get<StudentSemesterItem>('student_semesters', key);
    if (item?.pending_shard === undefined) return;
    const failures: unknown[] = [];
    for (const { courseId, status } of item.entries) {
      if (status !== 'waitlisted') continue;
      // One place that cannot be judged now does not hold up the others; the mark stays for it.
      const judged = this.committer.submitTo(courseId, { kind: 'reconsider', userId });
      await judged.catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
    await this.clear(key, item);
  }

  /**
   * Takes the mark off while the schedule is the very one that it was read with: each place was judged on that one or
   * a later one, so on that one. The time of a mark alone proves nothing, as two marks may be of the same millisecond.
   */
  private async clear(
    Key: Record<string, string>,
    { pending_at: at, version }: StudentSemesterItem,
  ): Promise<void> {
    const clearing = this.dynamo.update({
      TableName: this.dynamo.tables.name('student_semesters'),
      Key,
      UpdateExpression: 'REMOVE pending_shard, pending_at',
      ConditionExpression: 'pending_at = :at AND #version = :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':at': at, ':version': version },
    });
    await conditionHeld(clearing);
  }

  /** Runs `work` once at a time under its name; one more run follows where it was requested during this one. */
  private start(name: string, afterMs: number, work: () => Promise<void>): void {
    if (this.committer.isStopping) return;
    const running = this.running.get(name);
    if (running) {
      running.next = () => this.start(name, afterMs, work);
      return;
    }
    const run: { next?: () => void } = {};
    this.running.set(name, run);
    // Begins in a later turn: the commit that deferred it still has its queue.
    void delay(afterMs)
      .then(work)
      .catch((error: unknown) => this.logger.warn({ err: error, work: name }, 'left to the sweeper'))
      .finally(() => {
        this.running.delete(name);
        run.next?.();
      });
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import { isWindowOpen } from '../registration/eligibility.rules.ts';
import { allShards, parkedShard } from '../registration/store/pending.rules.ts';
import { isRejudgeKey } from '../registration/store/rejudge.codec.ts';
import { SemestersRepository } from '../registration/store/semesters.repository.ts';
import { PendingWork } from './pending-work.ts';

/**
 * How often an instance looks, ms; each look is drawn from half to one and a half of it, so that instances take turns.
 * What time brings, such as an opening, is found within 3.75 s.
 */
const everyMs = 2_500;
/** Items of one shard taken up in one look. */
const perLook = 50;
/** Pause after so many parked courses, ms: a window opens for all of them at once. */
const parkedPauseMs = 100;

/**
 * Finds work that an instance left and did not go on with (it crashed, or could not reach the store), and work whose
 * time has come: promotions that waited for the window of their semester.
 *
 * Several instances may find the same: the work is done under conditions, so that does no harm.
 */
@Injectable()
export class PendingSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(PendingSweeper.name);
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly dynamo: Dynamo,
    private readonly work: PendingWork,
    private readonly semesters: SemestersRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  onModuleDestroy(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** Looks once at all shards. */
  async sweep(): Promise<void> {
    for (const shard of allShards) {
      const { items: courses } = await this.dynamo.query({
        ...this.due('course_seats', 'PendingWork', shard),
        Limit: perLook,
      });
      for (const item of courses) this.work.goOn(String(item['course_id']), true);
      const { items: students } = await this.dynamo.query({
        ...this.due('student_semesters', 'PendingRetries', shard),
        Limit: perLook,
      });
      for (const item of students) this.judgeAgain(String(item['user_id']), String(item['semester_id']));
    }
    await this.takeUpParked();
  }

  private judgeAgain(userId: string, semesterId: string): void {
    if (isRejudgeKey(userId)) this.work.rejudge(userId, semesterId);
    else this.work.retryWaiting(userId, semesterId);
  }

  /** Parked courses of the semesters whose window is open now, however they came to be parked. */
  private async takeUpParked(): Promise<void> {
    const now = new Date().toISOString();
    const open = (await this.semesters.all()).filter((semester) => isWindowOpen(semester, now));
    for (const { id } of open) {
      let taken = 0;
      const parked = this.dynamo.queryAll(this.due('course_seats', 'PendingWork', parkedShard(id)));
      for await (const item of parked) {
        if (this.stopped) return;
        this.work.goOn(String(item['course_id']), true);
        if ((taken += 1) % perLook === 0) await delay(parkedPauseMs);
      }
    }
  }

  private due(table: string, index: string, shard: string) {
    return {
      TableName: this.dynamo.tables.name(table),
      IndexName: index,
      KeyConditionExpression: 'pending_shard = :shard AND pending_at <= :now',
      ExpressionAttributeValues: { ':shard': shard, ':now': Date.now() },
    };
  }

  private schedule(): void {
    this.timer = setTimeout(
      () => {
        void this.sweep()
          .catch((error: unknown) =>
            this.logger.warn({ err: error }, 'pending work could not be read', PendingSweeper.name),
          )
          .finally(() => {
            if (!this.stopped) this.schedule();
          });
      },
      everyMs * (0.5 + Math.random()),
    );
  }
}

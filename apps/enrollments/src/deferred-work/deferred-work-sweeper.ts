import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Dynamo, shards } from '@registrar/dynamodb';
import { isWindowOpen } from '../enrollment/enrollment-window.rules.ts';
import { parkedShardsOf } from '../enrollment/store/pending.rules.ts';
import { isRejudgeKey } from '../enrollment/store/rejudge.codec.ts';
import { SemestersRepository } from '../enrollment/store/semesters.repository.ts';
import { DeferredWork } from './deferred-work.ts';

/**
 * How often an instance looks, ms; each look is drawn from half to one and a half of it, so that instances take turns.
 * What time brings, such as an opening, is found within 3.75 s.
 */
const everyMs = 2_500;
/** Items of one shard taken up in one look. */
const perLook = 12;
/** Parked courses taken up at a time, as a window opens for all of them at once, and the pause after those, ms. */
const parkedAtATime = 50;
const parkedPauseMs = 100;

/**
 * Finds work that an instance left and did not go on with (it crashed, or could not reach the store), and work whose
 * time has come: promotions that waited for the window of their semester.
 *
 * Several instances may find the same: the work is done under conditions, so that does no harm.
 */
@Injectable()
export class DeferredWorkSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(DeferredWorkSweeper.name);
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly dynamo: Dynamo,
    private readonly work: DeferredWork,
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
    for (const item of await this.due('course_seats', 'PendingWork'))
      this.work.continueCourse(String(item['course_id']), true);
    for (const item of await this.due('student_semesters', 'PendingRetries'))
      this.judgeAgain(String(item['user_id']), String(item['semester_id']));
    await this.takeUpParked();
  }

  private judgeAgain(userId: string, semesterId: string): void {
    if (isRejudgeKey(userId)) this.work.rejudge(userId, semesterId);
    else this.work.reconsiderWaiting(userId, semesterId);
  }

  /** Parked courses of the semesters whose window is open now, however they came to be parked. */
  private async takeUpParked(): Promise<void> {
    const now = new Date().toISOString();
    const open = (await this.semesters.all()).filter((semester) => isWindowOpen(semester, now));
    let taken = 0;
    for (const shard of open.flatMap(({ id }) => parkedShardsOf(id))) {
      for await (const item of this.dynamo.queryAll(this.dueIn(shard, 'course_seats', 'PendingWork'))) {
        if (this.stopped) return;
        this.work.continueCourse(String(item['course_id']), true);
        if ((taken += 1) % parkedAtATime === 0) await delay(parkedPauseMs);
      }
    }
  }

  private async due(table: string, index: string): Promise<Record<string, unknown>[]> {
    const pages = await Promise.all(
      shards.map((shard) => this.dynamo.query({ ...this.dueIn(shard, table, index), Limit: perLook })),
    );
    return pages.flatMap(({ items }) => items);
  }

  private dueIn(shard: string, table: string, index: string) {
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
            this.logger.warn({ err: error }, 'pending work could not be read', DeferredWorkSweeper.name),
          )
          .finally(() => {
            if (!this.stopped) this.schedule();
          });
      },
      everyMs * (0.5 + Math.random()),
    );
  }
}

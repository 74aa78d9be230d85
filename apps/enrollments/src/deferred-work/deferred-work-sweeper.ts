import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { PeriodicTask } from '@registrar/async';
import { Dynamo, shards } from '@registrar/dynamodb';
import { clockNow } from '@registrar/service';
import { isWindowOpen } from '../enrollment/enrollment-window.rules.ts';
import { parkedShardsOf } from '../enrollment/store/pending.rules.ts';
import { isRejudgeKey } from '../enrollment/store/rejudge.codec.ts';
import { SemestersRepository } from '../enrollment/store/semesters.repository.ts';
import { DeferredWork } from './deferred-work.ts';

/** Pause between two sweeps, ms, give or take half of it: what time brings, such as an opening, is found within 3.75 s. */
const everyMs = 2_500;
/** Items of one shard in one sweep. */
const perSweep = 12;
/** Parked courses continued at a time, as a window opens for all of them at once, and the pause after those, ms. */
const parkedAtATime = 50;
const parkedPauseMs = 100;

/**
 * Finds deferred work that no instance does (one crashed, or could not reach the store), and work whose time has come:
 * promotions that waited for the window of their semester.
 *
 * Several instances may find the same: the work is done under conditions, so that does no harm.
 */
@Injectable()
export class DeferredWorkSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(DeferredWorkSweeper.name);
  private readonly task = new PeriodicTask((signal) => this.sweep(signal), {
    everyMs,
    jitter: 0.5,
    onError: (error) => this.logger.warn({ err: error }, 'deferred work could not be read'),
  });

  constructor(
    private readonly dynamo: Dynamo,
    private readonly work: DeferredWork,
    private readonly semesters: SemestersRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  /** Goes once over all shards. */
  async sweep(signal?: AbortSignal): Promise<void> {
    for (const item of await this.due('course_seats', 'PendingWork'))
      this.work.continueCourse(String(item['course_id']), true);
    for (const item of await this.due('student_semesters', 'PendingRetries'))
      this.judgeAgain(String(item['user_id']), String(item['semester_id']));
    await this.continueParked(signal);
  }

  private judgeAgain(userId: string, semesterId: string): void {
    if (isRejudgeKey(userId)) this.work.rejudge(userId, semesterId);
    else this.work.reconsiderWaiting(userId, semesterId);
  }

  /** Parked courses of the semesters whose window is open now, however they came to be parked. */
  private async continueParked(signal: AbortSignal | undefined): Promise<void> {
    const now = new Date(clockNow()).toISOString();
    const open = (await this.semesters.all()).filter((semester) => isWindowOpen(semester, now));
    let continued = 0;
    for (const shard of open.flatMap(({ id }) => parkedShardsOf(id))) {
      for await (const item of this.dynamo.queryAll(this.dueIn(shard, 'course_seats', 'PendingWork'))) {
        if (signal?.aborted) return;
        this.work.continueCourse(String(item['course_id']), true);
        if ((continued += 1) % parkedAtATime === 0) await delay(parkedPauseMs);
      }
    }
  }

  private async due(table: string, index: string): Promise<Record<string, unknown>[]> {
    const pages = await Promise.all(
      shards.map((shard) => this.dynamo.query({ ...this.dueIn(shard, table, index), Limit: perSweep })),
    );
    return pages.flatMap(({ items }) => items);
  }

  private dueIn(shard: string, table: string, index: string) {
    return {
      TableName: this.dynamo.tables.name(table),
      IndexName: index,
      KeyConditionExpression: 'pending_shard = :shard AND pending_at <= :now',
      ExpressionAttributeValues: { ':shard': shard, ':now': clockNow() },
    };
  }
}

import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import { pendingShards } from '../registration/store/pending.rules.ts';
import { PendingWork } from './pending-work.ts';

/** How often an instance looks, ms; each look is drawn from half to one and a half of it, so that instances take turns. */
const everyMs = 4_000;
/** Items of one shard taken up in one look. */
const perLook = 50;

/**
 * Finds work that an instance left and did not go on with: it crashed, or could not reach the store.
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
    for (let shard = 0; shard < pendingShards; shard += 1) {
      for (const item of await this.due('course_seats', 'PendingWork', shard))
        this.work.goOn(String(item['course_id']), true);
      for (const item of await this.due('student_semesters', 'PendingRetries', shard)) {
        this.work.retryWaiting(String(item['user_id']), String(item['semester_id']));
      }
    }
  }

  private async due(table: string, index: string, shard: number): Promise<Record<string, unknown>[]> {
    const { items } = await this.dynamo.query({
      TableName: this.dynamo.tables.name(table),
      IndexName: index,
      KeyConditionExpression: 'pending_shard = :shard AND pending_at <= :now',
      ExpressionAttributeValues: { ':shard': String(shard), ':now': Date.now() },
      Limit: perLook,
    });
    return items;
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

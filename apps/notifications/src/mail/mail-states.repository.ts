import { Injectable } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import type { SoughtMailState } from '../ledger/mail-state.rules.ts';
import { mailShardsOf } from '../ledger/mail-state.rules.ts';

/** A mail as the index shows it. */
export interface MailPlace {
  id: string;
  /** Queued: when it is to be tried. Failed: when it was given up. The store's time, ms since the epoch. */
  mail_due_at: number;
  mail_attempts: number;
}

const countBound = 2_000;

/** Which mails wait and which were given up: the sparse index MailByState, shard by shard. */
@Injectable()
export class MailStates {
  private readonly table: string;

  constructor(private readonly dynamo: Dynamo) {
    this.table = dynamo.tables.name('notifications');
  }

  /** The store's time: what the times of mails are compared by. */
  now(): number {
    return this.dynamo.now();
  }

  /** Mails in `state` whose time is at `beforeMs` or earlier, the most overdue of each shard first. */
  async before(state: SoughtMailState, beforeMs: number, limitPerShard: number): Promise<MailPlace[]> {
    const shards = await Promise.all(
      mailShardsOf(state).map((shard) =>
        this.dynamo.query<MailPlace>({ ...this.inShard(shard, beforeMs), Limit: limitPerShard }),
      ),
    );
    return shards.flatMap(({ items }) => items).sort((a, b) => a.mail_due_at - b.mail_due_at);
  }

  /** How many mails are in `state`; counting ends at 2,000 in a shard. */
  async count(state: SoughtMailState): Promise<number> {
    const counts = await Promise.all(mailShardsOf(state).map((shard) => this.countShard(shard)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  private async countShard(shard: string): Promise<number> {
    let count = 0;
    const all = this.dynamo.queryAll(
      { ...this.inShard(shard, Number.MAX_SAFE_INTEGER), ProjectionExpression: 'id' },
      countBound + 1,
    );
    for await (const _ of all) {
      count += 1;
      if (count >= countBound) break;
    }
    return count;
  }

  private inShard(shard: string, beforeMs: number) {
    return {
      TableName: this.table,
      IndexName: 'MailByState',
      KeyConditionExpression: 'mail_shard = :shard AND mail_due_at <= :before',
      ExpressionAttributeValues: { ':shard': shard, ':before': beforeMs },
    };
  }
}

import { Injectable } from '@nestjs/common';
import { Dynamo, rowCodec } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import type { SessionRecord } from './session.ts';

const sessionRow = rowCodec<SessionRecord>()({
  id: 'id',
  userId: 'user_id',
  epoch: 'epoch',
  familyKey: 'family_key',
  number: 'number',
  currentHash: 'current_hash',
  previousHash: 'previous_hash',
  rotatedAt: 'rotated_at',
  retryBox: 'retry_box',
  endedAt: 'ended_at',
  createdAt: 'created_at',
  validUntil: 'valid_until',
  client: 'client',
  campus: 'campus',
  passwordAt: 'password_at',
});

/** An item of the `sessions` table; `expires_at` is its TTL, seconds. */
type SessionItem = ReturnType<typeof sessionRow.toItem> & { expires_at: number };

/** Sessions by id, always read as the last acknowledged write left them. */
@Injectable()
export class SessionRepository {
  private readonly table: string;

  constructor(private readonly dynamo: Dynamo) {
    this.table = dynamo.tables.name('sessions');
  }

  /** The store's time: for what instances compare. */
  now(): number {
    return this.dynamo.now();
  }

  async byId(id: string): Promise<SessionRecord | undefined> {
    const item = await this.dynamo.get<SessionItem>('sessions', { id });
    return item && sessionRow.fromItem(item);
  }

  /** The sessions that the index of users shows. */
  async ofUser(userId: string): Promise<SessionRecord[]> {
    const shown = await Array.fromAsync(
      this.dynamo.queryAll<{ id: string }>({
        TableName: this.table,
        IndexName: 'SessionsByUser',
        KeyConditionExpression: 'user_id = :user',
        ExpressionAttributeValues: { ':user': userId },
      }),
    );
    const items = await this.dynamo.getAll<SessionItem>(
      'sessions',
      shown.map(({ id }) => ({ id })),
    );
    return items.map((item) => sessionRow.fromItem(item));
  }

  /** Deletes the sessions that the index of users shows. */
  async deleteOf(userId: string): Promise<void> {
    const sessions = await this.ofUser(userId);
    await this.dynamo.batchWrite(sessions.map(({ id }) => ({ table: this.table, delete: { id } })));
  }

  /** The Put of a new session. */
  creation(session: SessionRecord): TransactAction {
    return {
      Put: {
        TableName: this.table,
        Item: sessionItemOf(session),
        ConditionExpression: 'attribute_not_exists(id)',
      },
    };
  }

  /** The rotation from `session` to `next`. @throws ConditionFailed where its token was used or it has ended */
  async rotate(session: SessionRecord, next: SessionRecord): Promise<void> {
    await this.dynamo.put({
      TableName: this.table,
      Item: sessionItemOf(next),
      ConditionExpression: 'current_hash = :hash AND attribute_not_exists(ended_at) AND epoch = :epoch',
      ExpressionAttributeValues: { ':hash': session.currentHash, ':epoch': session.epoch },
    });
  }

  /** The end of a session; once ended it stays so, and keeps its tokens recognisable. */
  ending(id: string, now: number): TransactAction {
    return {
      Update: {
        TableName: this.table,
        Key: { id },
        UpdateExpression: 'SET ended_at = if_not_exists(ended_at, :now) REMOVE retry_box',
        ConditionExpression: 'attribute_exists(id)',
        ExpressionAttributeValues: { ':now': now },
      },
    };
  }

  /** Lets a session live on into the user's new epoch; fails where it ended, or was over before. */
  continuation(id: string, before: number, epoch: number): TransactAction {
    return {
      Update: {
        TableName: this.table,
        Key: { id },
        UpdateExpression: 'SET epoch = :epoch',
        ConditionExpression: 'attribute_not_exists(ended_at) AND epoch = :before',
        ExpressionAttributeValues: { ':epoch': epoch, ':before': before },
      },
    };
  }
}

/** A session as the table keeps it. */
export function sessionItemOf(session: SessionRecord): SessionItem {
  return { ...sessionRow.toItem(session), expires_at: Math.ceil(session.validUntil / 1_000) };
}

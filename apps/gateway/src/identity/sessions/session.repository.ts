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
type SessionItem = ReturnType<typeof sessionRow.toItem> & { expires_at: number; provider_session?: string };

/** Sessions by id, always read as the last acknowledged write left them, and the ids of a user's. */
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

  /** Those of these sessions that there are. */
  async byIds(ids: readonly string[]): Promise<SessionRecord[]> {
    const keys = ids.map((id) => ({ id }));
    return (await this.dynamo.getAll<SessionItem>('sessions', keys)).map(sessionRow.fromItem);
  }

  /** The ids of the user's sessions that began last, newest first, at most `limit`; the index learns of one late. */
  async newestIds(userId: string, limit: number): Promise<string[]> {
    const { items } = await this.dynamo.query<Pick<SessionItem, 'id'>>({
      TableName: this.table,
      IndexName: 'SessionsByUser',
      KeyConditionExpression: 'user_id = :user',
      ExpressionAttributeValues: { ':user': userId },
      ScanIndexForward: false,
      Limit: limit,
    });
    return items.map(({ id }) => id);
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
    return this.byIds(shown.map(({ id }) => id));
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
  const { provider, providerSession = null } = session.campus ?? {};
  return {
    ...sessionRow.toItem(session),
    expires_at: Math.ceil(session.validUntil / 1_000),
    ...(provider !== undefined &&
      providerSession !== null && { provider_session: providerSessionKey(provider, providerSession) }),
  };
}

/** What the sessions that began in one session at a provider of the campus are found by. */
export function providerSessionKey(provider: string, sessionId: string): string {
  return `${provider}#${sessionId}`;
}

import { Injectable } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';

/** An export that can be downloaded; what it holds is read when it is. */
export interface Export {
  id: string;
  userId: string;
  /** RFC 3339. */
  requestedAt: string;
  expiresAt: string;
}

/** An item of the `exports` table; `expires_at` is its TTL, seconds. */
interface ExportItem {
  user_id: string;
  id: string;
  requested_at: string;
  ends_at: string;
  expires_at: number;
}

/** Exports by user and id. */
@Injectable()
export class ExportsRepository {
  private readonly table: string;

  constructor(private readonly dynamo: Dynamo) {
    this.table = dynamo.tables.name('exports');
  }

  /** One that is not over, or undefined. */
  async one(userId: string, id: string): Promise<Export | undefined> {
    const item = await this.dynamo.get<ExportItem>('exports', { user_id: userId, id });
    return item && Date.parse(item.ends_at) > this.dynamo.now() ? exportOf(item) : undefined;
  }

  /** Those of a user, also what is over and not removed yet. */
  async ofUser(userId: string): Promise<Export[]> {
    const query = {
      TableName: this.table,
      KeyConditionExpression: 'user_id = :user',
      ExpressionAttributeValues: { ':user': userId },
      ConsistentRead: true,
    };
    return (await Array.fromAsync(this.dynamo.queryAll<ExportItem>(query))).map(exportOf);
  }

  /** The Put of a new one; fails where it is there. */
  creation({ id, userId, requestedAt, expiresAt }: Export): TransactAction {
    const item: ExportItem = {
      user_id: userId,
      id,
      requested_at: requestedAt,
      ends_at: expiresAt,
      expires_at: Math.ceil(Date.parse(expiresAt) / 1_000),
    };
    return { Put: { TableName: this.table, Item: item, ConditionExpression: 'attribute_not_exists(id)' } };
  }

  async deleteOf(userId: string): Promise<void> {
    const exports = await this.ofUser(userId);
    await this.dynamo.batchWrite(
      exports.map(({ id }) => ({ table: this.table, delete: { user_id: userId, id } })),
    );
  }
}

function exportOf({
  id,
  user_id: userId,
  requested_at: requestedAt,
  ends_at: expiresAt,
}: ExportItem): Export {
  return { id, userId, requestedAt, expiresAt };
}

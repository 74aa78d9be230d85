import { ConditionFailed, shards } from '@registrar/dynamodb';
import type { Dynamo } from '@registrar/dynamodb';
import type { PendingChange } from './pending-change.ts';
import { holding } from './pending-change-writes.ts';
import type { Holder } from './pending-change-writes.ts';

/** Overdue changes of one shard taken up in one look. */
const perLook = 12;

/** Every shard of the indexes of what is pending; earlier versions had one, of this name. */
const pendingShards = ['pending', ...shards];

/** Takes over the lease of `pending` until a time; false where somebody else did, or the pending change is gone. */
export async function takeLease(
  dynamo: Dynamo,
  holder: Holder,
  { token, leasedUntil }: PendingChange<unknown>,
  until: number,
): Promise<boolean> {
  const { ConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues } = holding(token);
  try {
    await dynamo.update({
      ...holder,
      UpdateExpression: 'SET pending_at = :until',
      ConditionExpression: `${ConditionExpression} AND pending_at = :from`,
      ExpressionAttributeNames,
      ExpressionAttributeValues: { ...ExpressionAttributeValues, ':until': until, ':from': leasedUntil },
    });
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}

/** Ids of some of the things whose pending change's lease ended before `now`, from the index of what is pending. */
export async function overdueIn(
  dynamo: Dynamo,
  { table, index }: { table: string; index: string },
  now: number,
): Promise<string[]> {
  const pages = await Promise.all(
    pendingShards.map((shard) =>
      dynamo.query<{ id: string }>({
        TableName: table,
        IndexName: index,
        KeyConditionExpression: 'pending_shard = :shard AND pending_at <= :now',
        ExpressionAttributeValues: { ':shard': shard, ':now': now },
        Limit: perLook,
      }),
    ),
  );
  return pages.flatMap(({ items }) => items.map(({ id }) => id));
}

import { shards } from '@registrar/dynamodb';
import type { Dynamo } from '@registrar/dynamodb';

/** Overdue changes of one shard taken up in one look. */
const perLook = 12;

/** Every shard of the indexes of pending changes; earlier versions had one, of this name. */
const pendingShards = ['pending', ...shards];

/** Ids of some of the things whose pending change's lease ended before `now`, from the index of pending changes. */
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

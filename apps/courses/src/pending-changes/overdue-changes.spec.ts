import type { Dynamo } from '@registrar/dynamodb';
import { shards } from '@registrar/dynamodb';
import { expect, it } from 'vitest';
import { overdueIn } from './overdue-changes.ts';

it('looks for overdue changes in every shard, and where earlier versions noted them', async () => {
  const query: Dynamo['query'] = <T>({ ExpressionAttributeValues: values }: Parameters<Dynamo['query']>[0]) =>
    Promise.resolve({ items: [{ id: `crs_${values?.[':shard']}` } as T] });
  const found = await overdueIn({ query } as Dynamo, { table: 'courses', index: 'PendingCourses' }, 1);
  expect(found.sort()).toEqual(['pending', ...shards].map((shard) => `crs_${shard}`).sort());
});

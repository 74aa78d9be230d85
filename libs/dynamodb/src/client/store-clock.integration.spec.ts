import { afterEach, expect, it, vi } from 'vitest';
import { createDynamo } from './dynamo.module.ts';

const hour = 3_600_000;
const tables = { tables: [{ name: 'courses', partitionKey: { name: 'id', type: 'S' } }] };
const config = {
  DYNAMODB_ENDPOINT: process.env['DYNAMODB_ENDPOINT'] ?? 'http://127.0.0.1:8000',
  AWS_REGION: 'us-east-1',
  TABLE_PREFIX: 'no_such_table_',
};

afterEach(() => vi.restoreAllMocks());

it.each([-hour, hour])("a process whose clock is off by %i ms takes on the store's", async (skewMs) => {
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + skewMs);
  const dynamo = createDynamo({ service: 'courses', tables, config });
  expect(Math.abs(dynamo.now() - Date.now() - skewMs)).toBeLessThan(60_000);
  // A refusal is an answer too.
  const get = dynamo.get('courses', { id: 'crs_1' });
  await expect(get).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  expect(Math.abs(dynamo.now() - Date.now())).toBeLessThan(60_000);
  dynamo.close();
});

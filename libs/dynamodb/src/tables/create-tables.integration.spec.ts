import { DescribeTimeToLiveCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoClient } from '../client/create-client.ts';
import { courseTables } from '../testing/course-tables.ts';
import { createTables } from './create-tables.ts';
import { defineTables } from './define-tables.ts';
import { dropTables } from './drop-tables.ts';
import { missingTables } from './missing-tables.ts';

const tablePrefix = `t${randomUUID().slice(0, 8)}_`;
const endpoint = process.env['DYNAMODB_ENDPOINT'] ?? 'http://127.0.0.1:8000';
const { definitions } = defineTables('tables', tablePrefix, courseTables(['title']));
const [courses = '', seats = ''] = definitions.map(({ name }) => name);

let client: DynamoDBClient;

beforeAll(() => {
  client = createDynamoClient({ endpoint, region: 'us-east-1', tablePrefix });
});

afterAll(async () => {
  await dropTables(client, definitions);
  client.destroy();
});

describe('tables', () => {
  it('names every table and index that is missing at once', async () => {
    expect(await missingTables(client, definitions)).toEqual([courses, seats]);
  });

  it('creates what is missing, adds an index later, and may be run again', async () => {
    const withoutIndex = definitions.map((table) => ({ ...table, indexes: [] }));
    await createTables(client, withoutIndex);
    expect(await missingTables(client, definitions)).toEqual([`${courses}.CoursesBySemester`]);
    await createTables(client, definitions);
    await createTables(client, definitions);
    expect(await missingTables(client, definitions)).toEqual([]);
  });

  it('lets expired items be removed where it is told to', async () => {
    const state = async () => {
      const described = await client.send(new DescribeTimeToLiveCommand({ TableName: courses }));
      return described.TimeToLiveDescription?.TimeToLiveStatus;
    };
    expect(await state()).toBe('DISABLED');
    await createTables(client, definitions, { timeToLive: true });
    await createTables(client, definitions, { timeToLive: true });
    expect(await state()).toBe('ENABLED');
  });

  it('refuses a table that has other keys', async () => {
    const other = definitions.map((table) => ({
      ...table,
      partitionKey: { name: 'other', type: 'S' as const },
    }));
    await expect(createTables(client, other)).rejects.toThrow(/has the keys/);
  });
});

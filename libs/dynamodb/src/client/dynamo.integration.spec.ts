import {
  BatchExecuteStatementCommand,
  ExecuteStatementCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { randomUUID } from 'node:crypto';
import { register } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTables } from '../tables/create-tables.ts';
import { dropTables } from '../tables/drop-tables.ts';
import { courseTables } from '../testing/course-tables.ts';
import { createDynamoClient } from './create-client.ts';
import {
  ConditionFailed,
  ForbiddenOperation,
  QueryBoundExceeded,
  TransactionCancelled,
} from './dynamo.errors.ts';
import { createDynamo } from './dynamo.module.ts';
import type { Dynamo } from './dynamo.service.ts';

const tables = courseTables('ALL');
const config = {
  DYNAMODB_ENDPOINT: process.env['DYNAMODB_ENDPOINT'] ?? 'http://127.0.0.1:8000',
  AWS_REGION: 'us-east-1',
  TABLE_PREFIX: `t${randomUUID().slice(0, 8)}_`,
};

let client: DynamoDBClient;
let dynamo: Dynamo;
let courses: string;
let seats: string;

beforeAll(async () => {
  client = createDynamoClient({
    endpoint: config.DYNAMODB_ENDPOINT,
    region: config.AWS_REGION,
    tablePrefix: config.TABLE_PREFIX,
  });
  dynamo = createDynamo({ service: 'courses', tables, config });
  courses = dynamo.tables.name('courses');
  seats = dynamo.tables.name('seats');
  await createTables(client, dynamo.tables.definitions);
});

afterAll(async () => {
  await dropTables(client, dynamo.tables.definitions);
  dynamo.close();
  client.destroy();
});

describe('reads and writes', () => {
  it('gives back what was put, without undefined members', async () => {
    await dynamo.put({ TableName: courses, Item: { id: 'a', credits: 3.5, title: undefined } });
    expect(await dynamo.get('courses', { id: 'a' })).toEqual({ id: 'a', credits: 3.5 });
    expect(await dynamo.get('courses', { id: 'none' })).toBeUndefined();
  });

  it('says that a condition failed, with the item that stood in the way', async () => {
    await dynamo.put({ TableName: courses, Item: { id: 'taken', version: 7 } });
    const again = dynamo.put({
      TableName: courses,
      Item: { id: 'taken' },
      ConditionExpression: 'attribute_not_exists(id)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    await expect(again).rejects.toMatchObject({
      constructor: ConditionFailed,
      item: { id: 'taken', version: 7 },
      afterLostAnswer: false,
    });
  });

  it('updates and deletes', async () => {
    await dynamo.put({ TableName: courses, Item: { id: 'u', version: 1 } });
    const changed = await dynamo.update<{ version: number }>({
      TableName: courses,
      Key: { id: 'u' },
      UpdateExpression: 'SET version = version + :one',
      ExpressionAttributeValues: { ':one': 1 },
      ReturnValues: 'ALL_NEW',
    });
    expect(changed).toEqual({ id: 'u', version: 2 });
    await dynamo.delete({ TableName: courses, Key: { id: 'u' } });
    expect(await dynamo.get('courses', { id: 'u' })).toBeUndefined();
  });

  it('pages through a query and stops at the bound of a walk', async () => {
    await dynamo.batchWrite(
      Array.from({ length: 60 }, (_, ticket) => ({ table: seats, put: { course_id: 'c', ticket } })),
    );
    const input = {
      TableName: seats,
      KeyConditionExpression: 'course_id = :c',
      ExpressionAttributeValues: { ':c': 'c' },
      Limit: 25,
    };
    const first = await dynamo.query<{ ticket: number }>(input);
    expect(first.items).toHaveLength(25);
    expect(first.next).toEqual({ course_id: 'c', ticket: 24 });
    const tickets: number[] = [];
    for await (const { ticket } of dynamo.queryAll<{ ticket: number }>(input)) tickets.push(ticket);
    expect(tickets).toEqual(Array.from({ length: 60 }, (_, at) => at));
    const bounded = async () => {
      for await (const _item of dynamo.queryAll(input, 59));
    };
    await expect(bounded()).rejects.toThrow(QueryBoundExceeded);
  });

  it('gets any number of items in the order asked, over tables, missing and repeated ones too', async () => {
    const ids = Array.from({ length: 250 }, (_, at) => `b${at}`);
    await dynamo.batchWrite(ids.map((id) => ({ table: courses, put: { id, big: 'x'.repeat(10_000) } })));
    await dynamo.put({ TableName: seats, Item: { course_id: 'b', ticket: 1 } });
    const keys = [
      { table: seats, key: { ticket: 1, course_id: 'b' } },
      ...ids.map((id) => ({ table: courses, key: { id } })),
      { table: courses, key: { id: 'absent' } },
      { table: courses, key: { id: 'b3' } },
    ];
    const items = await dynamo.batchGet<{ id?: string; ticket?: number }>(keys);
    expect(items.map((item) => item?.id ?? item?.ticket)).toEqual([1, ...ids, undefined, 'b3']);
    const some = await dynamo.getAll('courses', [{ id: 'b2' }, { id: 'absent' }, { id: 'b1' }]);
    expect(some.map(({ id }) => id)).toEqual(['b2', 'b1']);
  });
});

describe('transactions', () => {
  it('read items in the order asked, over tables, missing ones too', async () => {
    await dynamo.put({ TableName: courses, Item: { id: 'read', version: 3 } });
    await dynamo.put({ TableName: seats, Item: { course_id: 'read', ticket: 1 } });
    const keys = [
      { table: seats, key: { course_id: 'read', ticket: 1 } },
      { table: courses, key: { id: 'absent' } },
      { table: courses, key: { id: 'read' } },
    ];
    expect(await dynamo.transactGet(keys)).toEqual([
      { course_id: 'read', ticket: 1 },
      undefined,
      { id: 'read', version: 3 },
    ]);
    expect(await dynamo.transactGet([])).toEqual([]);
  });

  it('writes all or nothing and gives the reason of each action', async () => {
    await dynamo.put({ TableName: courses, Item: { id: 'held', version: 3 } });
    const put = (id: string) => ({
      Put: {
        TableName: courses,
        Item: { id },
        ConditionExpression: 'attribute_not_exists(id)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
      },
    });
    const failed = dynamo.transact([put('free'), put('held')]);
    const error = await failed.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(TransactionCancelled);
    expect((error as TransactionCancelled).reasons).toEqual([
      { code: 'None' },
      {
        code: 'ConditionalCheckFailed',
        message: 'The conditional request failed',
        item: { id: 'held', version: 3 },
      },
    ]);
    expect((error as TransactionCancelled).failedCondition(1)).toBe(true);
    expect(await dynamo.get('courses', { id: 'free' })).toBeUndefined();
    await dynamo.transact([put('free')]);
    expect(await dynamo.get('courses', { id: 'free' })).toEqual({ id: 'free' });
  });

  it('does the same actions under one token once', async () => {
    const add = {
      Update: {
        TableName: courses,
        Key: { id: 'counted' },
        UpdateExpression: 'ADD seen :one',
        ExpressionAttributeValues: { ':one': 1 },
      },
    };
    const clientRequestToken = randomUUID();
    await dynamo.transact([add], { clientRequestToken });
    await dynamo.transact([add], { clientRequestToken });
    expect(await dynamo.get('courses', { id: 'counted' })).toEqual({
      id: 'counted',
      seen: 1,
    });
  });

  it('refuses more actions than DynamoDB takes, before sending', async () => {
    const actions = Array.from({ length: 101 }, () => ({ Delete: { TableName: courses, Key: { id: 'x' } } }));
    await expect(dynamo.transact(actions)).rejects.toThrow(RangeError);
  });
});

describe('accounting', () => {
  it('counts capacity by table and index, and calls by operation', async () => {
    register.resetMetrics();
    await dynamo.put({
      TableName: courses,
      Item: { id: 'm', semester_id: 's', department_id: 'd', text: 'x'.repeat(2_000) },
    });
    await dynamo.query({
      TableName: courses,
      IndexName: 'CoursesBySemester',
      KeyConditionExpression: 'semester_id = :s',
      ExpressionAttributeValues: { ':s': 's' },
    });
    await dynamo.get('courses', { id: 'm' });
    const text = await register.metrics();
    expect(text).toMatch(/units_total\{table="courses_courses",index="",kind="write"\} 2/);
    expect(text).toMatch(/units_total\{table="courses_courses",index="CoursesBySemester",kind="write"\} 2/);
    expect(text).toMatch(/units_total\{table="courses_courses",index="CoursesBySemester",kind="read"\} 0.5/);
    expect(text).toMatch(/units_total\{table="courses_courses",index="",kind="read"\} 1/);
    expect(text).toMatch(
      /requests_total\{table="courses_courses",index="CoursesBySemester",operation="Query",outcome="ok"\} 1/,
    );
    expect(text).toMatch(
      /dynamodb_request_duration_seconds_count\{table="courses_courses",operation="GetItem"\} 1/,
    );
  });
});

describe('reads of whole tables', () => {
  it('are refused by the client before they are sent', async () => {
    // The lint rule forbids to name the command; the client must refuse it all the same.
    const sdk: object = await import('@aws-sdk/client-dynamodb');
    const Scan = Reflect.get(sdk, ['Scan', 'Command'].join('')) as typeof ExecuteStatementCommand;
    const statement = { Statement: `SELECT * FROM "${courses}"` };
    await expect(client.send(new Scan({ ...statement }))).rejects.toThrow(ForbiddenOperation);
    await expect(client.send(new ExecuteStatementCommand(statement))).rejects.toThrow(ForbiddenOperation);
    await expect(client.send(new BatchExecuteStatementCommand({ Statements: [statement] }))).rejects.toThrow(
      ForbiddenOperation,
    );
  });
});

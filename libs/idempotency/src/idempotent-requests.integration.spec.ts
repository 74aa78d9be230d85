import { Problem } from '@registrar/service';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createDynamo,
  createDynamoClient,
  TransactionCancelled,
  createTables,
  dropTables,
} from '@registrar/dynamodb';
import type { Dynamo } from '@registrar/dynamodb';
import type { Answer } from './answer.ts';
import { idempotentRequestsTable } from './idempotency-record.ts';
import { idempotentRequest, type IdempotentRequest } from './idempotent-request.ts';
import { IdempotentRequests, type Work } from './idempotent-requests.ts';

const prefix = `t${randomUUID().slice(0, 8)}_`;
const endpoint = process.env['DYNAMODB_ENDPOINT'] ?? 'http://127.0.0.1:8000';
const config = { DYNAMODB_ENDPOINT: endpoint, AWS_REGION: 'us-east-1', TABLE_PREFIX: prefix };
const tables = {
  tables: [idempotentRequestsTable, { name: 'courses', partitionKey: { name: 'id', type: 'S' } }],
};

let dynamo: Dynamo;
let client: ReturnType<typeof createDynamoClient>;
let one: IdempotentRequests;
let other: IdempotentRequests;
let nowMs: number;

beforeAll(async () => {
  dynamo = createDynamo({ service: 'test', tables, config });
  client = createDynamoClient({ endpoint, region: 'us-east-1', tablePrefix: prefix });
  await createTables(client, dynamo.tables.definitions);
});

beforeEach(() => {
  nowMs = Date.now();
  const now = () => nowMs;
  one = new IdempotentRequests(dynamo, { now });
  other = new IdempotentRequests(dynamo, { now });
});

afterAll(async () => {
  await dropTables(client, dynamo.tables.definitions);
  client.destroy();
  dynamo.close();
});

function post(
  body: unknown = { title: 'Logic' },
  key: string = randomUUID(),
  caller = 'usr_1',
): IdempotentRequest {
  const headers = { 'idempotency-key': key };
  const request = idempotentRequest({ method: 'POST', url: '/api/courses', headers, body }, caller);
  if (!request) throw new Error('a key was sent');
  return request;
}

/** Makes a course and keeps the answer, in one transaction. */
function makes(id: string): Work<{ id: string }> {
  return async (record) => {
    const answer = { status: 201, headers: { location: `/api/courses/${id}` }, body: { id } };
    const create = {
      Put: {
        TableName: dynamo.tables.name('courses'),
        Item: { id },
        ConditionExpression: 'attribute_not_exists(id)',
      },
    };
    await dynamo.transact([create, ...record(answer)]);
    return answer;
  };
}

const course = (id: string) => dynamo.get('courses', { id });
const refuses = (status: number, code: string) => () => Promise.reject(new Problem(status, code, 'No.'));

describe('a request with a key', () => {
  it('is done once, and every later sender gets the first answer, also from another instance', async () => {
    const request = post();
    const first = await one.runOnce(request, makes('c1'));
    expect(first).toEqual({
      status: 201,
      headers: { location: '/api/courses/c1' },
      body: { id: 'c1' },
      replayed: false,
    });
    for (const instance of [one, other]) {
      const again = await instance.runOnce(request, makes('c1-again'));
      expect(again).toEqual({ ...first, replayed: true });
    }
    expect(await course('c1-again')).toBeUndefined();
  });

  it('is done once when many are sent at once over two instances', async () => {
    const request = post();
    const ids = Array.from({ length: 20 }, (_, at) => `race-${at}`);
    const answers = await Promise.all(
      ids.map((id, at) => (at % 2 ? one : other).runOnce(request, makes(id))),
    );
    const made = (await Promise.all(ids.map(course))).filter(Boolean);
    expect(made).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
  });

  it('gives the winner’s answer even when the effect of the loser was refused for it', async () => {
    const request = post();
    // Both have looked before either has committed.
    const bothLooked = vi.spyOn(IdempotentRequests.prototype, 'read').mockResolvedValueOnce(undefined);
    await one.runOnce(request, makes('unique'));
    bothLooked.mockRestore();
    const late = new IdempotentRequests(dynamo, { now: () => nowMs });
    const read = vi.spyOn(late, 'read').mockResolvedValueOnce(undefined);
    const mapped: Work<{ id: string }> = async (record) => {
      try {
        return await makes('unique')(record);
      } catch (error) {
        if (error instanceof TransactionCancelled) throw new Problem(409, 'course_exists', 'It exists.');
        throw error;
      }
    };
    expect(await late.runOnce(request, mapped)).toMatchObject({
      status: 201,
      body: { id: 'unique' },
      replayed: true,
    });
    expect(read).toHaveBeenCalled();
  });

  it('may be used again for another request only by another caller', async () => {
    const key = randomUUID();
    await one.runOnce(post({ title: 'A' }, key), makes('by-1'));
    await expect(one.runOnce(post({ title: 'B' }, key), makes('by-1b'))).rejects.toMatchObject({
      status: 422,
      code: 'idempotency_key_reused',
    });
    await other.runOnce(post({ title: 'B' }, key, 'usr_2'), makes('by-2'));
    expect(await course('by-1b')).toBeUndefined();
    expect(await course('by-2')).toBeDefined();
  });

  it.each([
    [404, 'course_not_found'],
    [409, 'course_exists'],
  ])('keeps a refusal with %i', async (status, code) => {
    const request = post();
    await expect(one.runOnce(request, refuses(status, code))).rejects.toMatchObject({ status, code });
    const again = other.runOnce(request, makes(`after-${status}`));
    await expect(again).rejects.toMatchObject({
      status,
      code,
      detail: 'No.',
      extras: { headers: { 'idempotency-replayed': 'true' } },
    });
    expect(await course(`after-${status}`)).toBeUndefined();
  });

  it('gives a refusal again with all its members', async () => {
    const request = post();
    const refusal = new Problem(409, 'time_conflict', 'Two at once.', { members: { conflicts: ['crs_1'] } });
    await expect(
      one.runOnce({ ...request, traceId: 'trace-1' }, () => Promise.reject(refusal)),
    ).rejects.toThrow();
    await expect(one.runOnce({ ...request, traceId: 'trace-2' }, makes('x'))).rejects.toMatchObject({
      extras: { members: { conflicts: ['crs_1'], traceId: 'trace-1' } },
    });
  });

  it.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [422, 'validation_failed'],
    [429, 'rate_limited'],
    [500, 'internal_error'],
    [503, 'service_unavailable'],
  ])('keeps nothing of a %i, so that the next try is a first one', async (status, code) => {
    const request = post();
    await expect(one.runOnce(request, refuses(status, code))).rejects.toMatchObject({ status });
    expect(await one.runOnce(request, makes(`then-${status}`))).toMatchObject({
      status: 201,
      replayed: false,
    });
  });

  it('keeps nothing of an error that is no answer', async () => {
    const request = post();
    await expect(one.runOnce(request, () => Promise.reject(new Error('bug')))).rejects.toThrow('bug');
    expect(await one.read(request)).toBeUndefined();
  });

  it('keeps an answer by itself when the work has no transaction', async () => {
    const request = post();
    const plain: Work<string> = () => Promise.resolve({ status: 200, body: 'imported' });
    expect(await one.runOnce(request, plain)).toMatchObject({ body: 'imported', replayed: false });
    expect(await other.runOnce(request, plain)).toMatchObject({ body: 'imported', replayed: true });
  });

  it('is forgotten after 24 hours, also while the item is still there', async () => {
    const request = post();
    await one.runOnce(request, makes('day-1'));
    nowMs += 24 * 60 * 60 * 1_000 - 2_000;
    expect(await one.runOnce(request, makes('day-2'))).toMatchObject({ replayed: true });
    nowMs += 3_000;
    expect(await one.runOnce(request, makes('day-2'))).toMatchObject({
      body: { id: 'day-2' },
      replayed: false,
    });
    expect(await other.runOnce(request, makes('day-3'))).toMatchObject({
      body: { id: 'day-2' },
      replayed: true,
    });
  });

  it('keeps an answer that would not fit an item as it is', async () => {
    const refused = Array.from({ length: 5_000 }, (_, line) => ({
      line,
      code: 'already_enrolled',
      detail:
        'You are enrolled in another section of this course in the same semester. Drop it first, then come back.',
    }));
    const answer: Answer = { status: 200, body: { enrolled: 0, refused } };
    expect(JSON.stringify(answer).length).toBeGreaterThan(400_000);
    const request = post();
    await one.runOnce(request, () => Promise.resolve(answer));
    expect(await other.runOnce(request, () => Promise.reject(new Error('no')))).toMatchObject({
      ...answer,
      replayed: true,
    });
  });
});

describe('a request without a key', () => {
  it('is simply done, and nothing is kept', async () => {
    const record = vi.fn();
    const answer = await one.runOnce(undefined, async (recorder) => {
      record(recorder({ status: 201, body: null }));
      return await makes('keyless')(recorder);
    });
    expect(record).toHaveBeenCalledWith([]);
    expect(answer.replayed).toBe(false);
  });
});

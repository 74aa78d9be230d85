import { Problem } from '@registrar/service';
import { DynamoFaultProxy } from '@registrar/testing';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoClient, createDynamo, createTables, dropTables } from '@registrar/dynamodb';
import type { Dynamo } from '@registrar/dynamodb';
import { idempotentRequestsTable } from './idempotency-record.ts';
import { fingerprintOf, requestId } from './idempotent-request.ts';
import { IdempotentRequests, type Work } from './idempotent-requests.ts';

const prefix = `t${randomUUID().slice(0, 8)}_`;
const endpoint = process.env['DYNAMODB_ENDPOINT'] ?? 'http://127.0.0.1:8000';
const key = { name: 'id', type: 'S' };
const tables = { tables: [idempotentRequestsTable, { name: 'courses', partitionKey: key }] };
const client = createDynamoClient({ endpoint, region: 'us-east-1', tablePrefix: prefix });

let proxy: DynamoFaultProxy;
let dynamo: Dynamo;
let requests: IdempotentRequests;

beforeAll(async () => {
  proxy = await DynamoFaultProxy.start(endpoint);
  const config = { DYNAMODB_ENDPOINT: proxy.url, AWS_REGION: 'us-east-1', TABLE_PREFIX: prefix };
  dynamo = createDynamo({
    service: 'test',
    tables,
    config,
    limits: { maxAttempts: 3, requestTimeoutMs: 300 },
  });
  await createTables(client, dynamo.tables.definitions);
  requests = new IdempotentRequests(dynamo);
});

afterEach(() => proxy.clear());

afterAll(async () => {
  await dropTables(client, dynamo.tables.definitions);
  client.destroy();
  dynamo.close();
  await proxy.close();
});

const newRequest = () => ({
  id: requestId('usr_1', randomUUID()),
  fingerprint: fingerprintOf({ method: 'POST', url: '/api/courses', body: {} }),
});

/** Counts how often it takes effect, so that a second time would show. */
function counts(id: string): Work<{ id: string }> {
  return async (record) => {
    const answer = { status: 201, body: { id } };
    const add = {
      Update: {
        TableName: dynamo.tables.name('courses'),
        Key: { id },
        UpdateExpression: 'ADD made :one',
        ExpressionAttributeValues: { ':one': 1 },
      },
    };
    await dynamo.transact([add, ...record(answer)]);
    return answer;
  };
}

const made = (id: string) => dynamo.get('courses', { id });

describe('a request whose store fails', () => {
  it('is a 503 when every answer of its commit is lost, and its retry finds the truth', async () => {
    const request = newRequest();
    proxy.when({ operation: 'TransactWriteItems' }, 'lose-answer');
    await expect(requests.runOnce(request, counts('lost'))).rejects.toMatchObject({ status: 503 });
    proxy.clear();
    expect(await requests.runOnce(request, counts('lost'))).toMatchObject({
      body: { id: 'lost' },
      replayed: true,
    });
    expect(await made('lost')).toEqual({ id: 'lost', made: 1 });
  });

  it.each(['throttle', 'hang-up', 'unavailable', 'silence'] as const)(
    'leaves nothing half done after %s, and its retry does it',
    async (fault) => {
      const request = newRequest();
      proxy.when({ operation: 'TransactWriteItems' }, fault);
      await expect(requests.runOnce(request, counts(fault))).rejects.toMatchObject({ status: 503 });
      expect(await made(fault)).toBeUndefined();
      proxy.clear();
      expect(await requests.runOnce(request, counts(fault))).toMatchObject({ replayed: false });
      expect(await made(fault)).toEqual({ id: fault, made: 1 });
    },
  );

  it('gives no refusal that it could not keep', async () => {
    const request = newRequest();
    const refuse = () => Promise.reject(new Problem(409, 'course_exists', 'It exists.'));
    proxy.when({ operation: 'PutItem' }, 'throttle');
    await expect(requests.runOnce(request, refuse)).rejects.toMatchObject({ status: 503 });
    proxy.clear();
    await expect(requests.runOnce(request, refuse)).rejects.toMatchObject({ code: 'course_exists' });
  });

  it('does not call its own refusal a repetition when only the answer of keeping it was lost', async () => {
    const request = newRequest();
    const refuse = () => Promise.reject(new Problem(409, 'course_exists', 'It exists.'));
    proxy.when({ operation: 'PutItem' }, 'lose-answer', 1);
    const refused = await requests.runOnce(request, refuse).catch((error: unknown) => error);
    expect(refused).toMatchObject({ status: 409 });
    expect((refused as Problem).extras.headers).toBeUndefined();
  });
});

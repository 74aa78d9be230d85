import { gunzipSync, gzipSync } from 'node:zlib';
import type { Item, TransactAction } from '@registrar/dynamodb';
import { keyReused, type StoredAnswer } from './answer.ts';
import type { IdempotentRequest } from './idempotent-request.ts';

/** How long an answer is kept: 24 h, in seconds. */
const keepSeconds = 24 * 60 * 60;

/** The table that a service declares, in its `tables.json`, to remember answers. */
export const idempotentRequestsTable = {
  name: 'idempotent_requests',
  partitionKey: { name: 'id', type: 'S' },
  ttlAttribute: 'expires_at',
} as const;

/** The index, sparse, of answers by the user whose data they have; for services that have such answers. */
export const answersByUserIndex = {
  name: 'AnswersByUser',
  partitionKey: { name: 'about', type: 'S' },
  projection: 'KEYS_ONLY',
} as const;

/** A kept answer with what it answers. */
export interface IdempotencyRecord {
  id: string;
  fingerprint: string;
  answer: StoredAnswer;
}

// An item holds at most 400 KB; the answer to an import of 5,000 lines would not fit as it is.
const packFromBytes = 16_384;
const unpackedMaxBytes = 16_777_216;

/**
 * The Put that keeps `answer`, to go into the transaction of the request's effect.
 *
 * Its condition holds only for the first of all duplicates on all instances; the losers find the kept record in
 * their cancellation reason (`recordOf(reason.item)`).
 *
 * @param table physical name
 * @param nowMs milliseconds since the epoch
 */
export function recordAction(
  table: string,
  request: IdempotentRequest,
  answer: StoredAnswer,
  nowMs: number,
): TransactAction & { Put: object } {
  const now = Math.floor(nowMs / 1_000);
  return {
    Put: {
      TableName: table,
      Item: {
        id: request.id,
        fingerprint: request.fingerprint,
        ...packed(JSON.stringify(answer)),
        expires_at: now + keepSeconds,
        ...(request.about !== undefined && { about: request.about }),
      },
      // DynamoDB removes expired items late, at times by days.
      ConditionExpression: 'attribute_not_exists(id) OR expires_at <= :now',
      ExpressionAttributeValues: { ':now': now },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

/** The record that `item` holds, or undefined where there is none or it has expired. */
export function recordOf(item: Item | undefined, nowMs: number): IdempotencyRecord | undefined {
  if (item === undefined || Number(item['expires_at']) <= Math.floor(nowMs / 1_000)) return undefined;
  return {
    id: String(item['id']),
    fingerprint: String(item['fingerprint']),
    answer: JSON.parse(unpacked(item)) as StoredAnswer,
  };
}

/** The kept answer, if it answers `request`; throws Problem 422 `idempotency_key_reused` for another request. */
export function answerFor(record: IdempotencyRecord, request: IdempotentRequest): StoredAnswer {
  if (record.fingerprint !== request.fingerprint) throw keyReused();
  return record.answer;
}

function packed(answer: string): Item {
  return Buffer.byteLength(answer) < packFromBytes ? { answer } : { answer_gzip: gzipSync(answer) };
}

function unpacked(item: Item): string {
  const zipped = item['answer_gzip'];
  if (zipped instanceof Uint8Array) {
    return gunzipSync(zipped, { maxOutputLength: unpackedMaxBytes }).toString();
  }
  return String(item['answer']);
}

import {
  ConditionalCheckFailedException,
  InternalServerError,
  ProvisionedThroughputExceededException,
  ThrottlingException,
  ReplicatedWriteConflictException,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { backoffMs } from '@registrar/async';
import { faultOf, isPassing, reasonKind, type Fault, type ReasonKind } from './faults.rules.ts';
import { storeBackoff } from './retry-store-call.ts';

const meta = { $metadata: {}, message: 'no' };
const withCode = (code: string) => Object.assign(new Error(code), { code });
const withStatus = (httpStatusCode: number) => Object.assign(new Error(), { $metadata: { httpStatusCode } });
const timeout = (message: string) => Object.assign(new Error(message), { name: 'TimeoutError' });
const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({ ...meta, CancellationReasons: codes.map((Code) => ({ Code })) });

describe('the fault of an error', () => {
  it.each<[Fault, string, unknown]>([
    ['throttled', 'exceeded throughput', new ProvisionedThroughputExceededException(meta)],
    ['throttled', 'throttling', new ThrottlingException(meta)],
    ['throttled', 'a transaction that was throttled', cancelled('None', 'ThrottlingError')],
    [
      'throttled',
      'a transaction over the provisioned rate',
      cancelled('ProvisionedThroughputExceeded', 'None', 'ThrottlingError'),
    ],
    ['conflict', 'a write of another region', new ReplicatedWriteConflictException(meta)],
    ['cancelled', 'an invalid action beside a conflict', cancelled('TransactionConflict', 'ValidationError')],
    ['conflict', 'a conflict', new TransactionConflictException(meta)],
    ['conflict', 'the same transaction still running', new TransactionInProgressException(meta)],
    ['conflict', 'a transaction with a conflict', cancelled('TransactionConflict', 'None')],
    ['conflict', 'conflict and throttling together', cancelled('TransactionConflict', 'ThrottlingError')],
    [
      'cancelled',
      'a failed condition beside a conflict',
      cancelled('TransactionConflict', 'ConditionalCheckFailed'),
    ],
    ['cancelled', 'a transaction without reasons', cancelled()],
    ['condition', 'a failed condition', new ConditionalCheckFailedException(meta)],
    ['lost', 'an internal error', Object.assign(new InternalServerError(meta), withStatus(500))],
    ['unavailable', 'a service that is unavailable', withStatus(503)],
    ['lost', 'a gateway that gave up', withStatus(504)],
    ['unavailable', 'a refused connection', withCode('ECONNREFUSED')],
    ['unavailable', 'a name that is not found', withCode('ENOTFOUND')],
    ['lost', 'a connection that was reset', withCode('ECONNRESET')],
    ['lost', 'an answer that did not come in time', timeout('a request has exceeded the configured 5 ms')],
    ['unavailable', 'a connection that was not made in time', timeout('did not establish a connection with')],
    ['lost', 'an answer that is cut off', new SyntaxError('Unexpected end of JSON input')],
    ['unavailable', 'a cause further down', new Error('wrapped', { cause: withCode('ECONNREFUSED') })],
    ['refused', 'a call that is wrong', Object.assign(withStatus(400), { name: 'ValidationException' })],
    ['refused', 'anything else', 'text'],
  ])('is %s for %s', (fault, _what, error) => {
    expect(faultOf(error)).toBe(fault);
  });

  it('is worth another try where the next one may go through', () => {
    const passing = (['throttled', 'unavailable', 'lost', 'conflict'] as const).map(isPassing);
    const final = (['condition', 'cancelled', 'refused'] as const).map(isPassing);
    expect([...passing, ...final]).toEqual([true, true, true, true, false, false, false]);
  });
});

describe('the reason of an action', () => {
  it.each<[ReasonKind, string]>([
    ['none', 'None'],
    ['condition', 'ConditionalCheckFailed'],
    ['conflict', 'TransactionConflict'],
    ['throttled', 'ProvisionedThroughputExceeded'],
    ['throttled', 'ThrottlingError'],
    ['throttled', 'RequestLimitExceeded'],
    ['refused', 'ValidationError'],
    ['refused', 'ItemCollectionSizeLimitExceeded'],
    ['refused', 'SomethingNew'],
  ])('is %s for %s', (kind, code) => expect(reasonKind(code)).toBe(kind));
});

describe('the wait between tries', () => {
  it('is random under a limit that doubles from 25 to 400 ms', () => {
    expect([1, 2, 3, 4, 5, 6, 20].map((attempt) => backoffMs(attempt, storeBackoff, 1))).toEqual([
      25, 50, 100, 200, 400, 400, 400,
    ]);
    expect(backoffMs(3, storeBackoff, 0)).toBe(0);
    expect(backoffMs(3, storeBackoff, 0.5)).toBe(50);
  });
});

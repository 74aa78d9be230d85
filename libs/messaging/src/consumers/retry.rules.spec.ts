import { ConditionFailed, StoreUnavailable, TransactionCancelled } from '@registrar/dynamodb';
import { Problem } from '@registrar/service';
import { describe, expect, it } from 'vitest';
import { RetryLater } from './retry-later.ts';
import { isInfrastructureFault, maxFailures, retryDelayMs } from './retry.rules.ts';

const withCode = (code: string) => Object.assign(new Error(code), { code });

describe('an infrastructure fault', () => {
  it.each<[string, unknown]>([
    ['a handler that asks for later', new RetryLater('cache away')],
    ['a store that is away', new StoreUnavailable(new Error('timeout'))],
    ['a service that is away', new Problem(503, 'service_unavailable', 'Away.')],
    ['a service that is too slow', new Problem(504, 'upstream_timeout', 'Slow.')],
    ['a transaction that met another one', new TransactionCancelled([{ code: 'TransactionConflict' }])],
    ['a refused connection', withCode('ECONNREFUSED')],
    ['a connection that broke', withCode('UND_ERR_SOCKET')],
    ['a Kafka error that passes', Object.assign(new Error('no leader'), { retriable: true })],
    [
      'a Redis without a connection',
      new Error("Stream isn't writeable and enableOfflineQueue options is false"),
    ],
    ['one that is wrapped', new Error('sending failed', { cause: withCode('ECONNRESET') })],
  ])('is %s', (_what, error) => expect(isInfrastructureFault(error)).toBe(true));

  it.each<[string, unknown]>([
    ['a bug', new TypeError('x is undefined')],
    ['a condition that did not hold', new ConditionFailed(undefined, false)],
    ['a transaction with such a condition', new TransactionCancelled([{ code: 'ConditionalCheckFailed' }])],
    ['a refusal', new Problem(409, 'course_exists', 'It exists.')],
    ['a fault of the other service', new Problem(500, 'internal_error', 'Broken.')],
    ['an error of another kind', withCode('ERR_INVALID_ARG_TYPE')],
    ['no error at all', 'text'],
  ])('is not %s', (_what, error) => expect(isInfrastructureFault(error)).toBe(false));
});

describe('the waits between tries', () => {
  const waits = (infrastructure: boolean, count: number) =>
    Array.from({ length: count }, (_, at) => retryDelayMs(at + 1, infrastructure, 0.5));

  it('add up to about ten seconds before an event is given up', () => {
    const all = waits(false, maxFailures - 1);
    expect(all).toEqual([300, 960, 3_072, 6_000]);
  });

  it('end at five seconds for infrastructure, and go on', () => {
    expect(waits(true, 8)).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000]);
  });

  it('are random by a quarter', () => {
    expect([retryDelayMs(1, false, 0), retryDelayMs(1, false, 1)]).toEqual([263, 338]);
  });
});

import { problemDocument, toProblem } from '@registrar/service';
import { describe, expect, it } from 'vitest';
import { ChangeRefused, ConditionFailed, TransactionCancelled } from './dynamo.errors.ts';

const cancelled = (...codes: string[]) => new TransactionCancelled(codes.map((code) => ({ code })));

describe('a failed write that nobody decides on', () => {
  it.each<[number, string, string, Error]>([
    [503, 'service_unavailable', 'a lost condition', new ConditionFailed(undefined, false)],
    [503, 'service_unavailable', 'a conflict', cancelled('TransactionConflict', 'None')],
    [503, 'service_unavailable', 'throttling', cancelled('None', 'ProvisionedThroughputExceeded')],
    [503, 'service_unavailable', 'mixed reasons', cancelled('ThrottlingError', 'ConditionalCheckFailed')],
    [
      409,
      'change_refused',
      'an action that is not taken',
      cancelled('TransactionConflict', 'ValidationError'),
    ],
    [409, 'change_refused', 'a call that is not taken', new ChangeRefused(new Error('4 MB'))],
  ])('is answered with %i %s for %s', (status, code, _what, error) => {
    const document = problemDocument(toProblem(error), '/', 't');
    expect(document).toMatchObject({ status, code });
    expect(toProblem(error).extras.headers?.['retry-after']).toBe(status === 503 ? '1' : undefined);
    expect(JSON.stringify(document)).not.toMatch(/Cancelled|Conditional|Validation|4 MB/);
  });
});

describe('the reasons of a cancelled transaction', () => {
  it('are each of a kind', () => {
    const error = cancelled('None', 'ConditionalCheckFailed', 'TransactionConflict', 'ThrottlingError');
    expect([0, 1, 2, 3, 9].map((index) => error.kindOf(index))).toEqual([
      'none',
      'condition',
      'conflict',
      'throttled',
      'none',
    ]);
    expect([error.isPassing, error.isRefused, error.failedCondition(1)]).toEqual([false, false, true]);
  });

  it('pass where nothing but conflicts and throttling stood in the way', () => {
    expect(cancelled('None', 'TransactionConflict', 'ThrottlingError').isPassing).toBe(true);
    expect(cancelled('ThrottlingError', 'ItemCollectionSizeLimitExceeded')).toMatchObject({
      isPassing: false,
      isRefused: true,
    });
  });
});

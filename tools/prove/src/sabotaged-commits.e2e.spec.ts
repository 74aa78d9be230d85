import { describe } from 'vitest';
import { itCatches } from './testing/prove-small.ts';

describe('a small proof of a system whose commits are sabotaged', () => {
  itCatches(['no-condition'], 'counts');
  itCatches(['ack-before-commit'], 'acknowledged');
  itCatches(
    ['lax-eligibility', 'lax-sections', 'lax-codes', 'unowed-seats'],
    ...['windows', 'holds', 'requirements', 'bundles', 'reservations', 'permits', 'schedules'],
    ...['waitlist-order', 'free-seats', 'cross-lists'],
  );
});

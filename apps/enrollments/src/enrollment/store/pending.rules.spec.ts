import { describe, expect, it } from 'vitest';
import { shardOf } from '@registrar/dynamodb';
import { seatsOf } from '../testing/builders.ts';
import { graceMs, neverAt, parkedShard, pendingMark } from './pending.rules.ts';

const nowMs = Date.parse('2027-01-15T12:00:00.000Z');
const parked = parkedShard('spring', 'algebra');
const promotion = { after: 0, kept: 0 };
const due = { shard: shardOf('algebra'), at: nowMs + graceMs };

describe('the place of a course on the index of pending work', () => {
  it.each([
    ['owes promotions that are allowed', { waitlistedCount: 1, promotion }, 'allowed', due],
    ['has enrollments to end', { waitlistedCount: 1, cancellation: { actorId: 'usr_1' } }, 'over', due],
    [
      'owes promotions and waits for its window',
      { waitlistedCount: 1, promotion },
      'later',
      { shard: parked, at: nowMs },
    ],
    [
      'owes promotions and is closed',
      { waitlistedCount: 1, promotion, status: 'closed' as const },
      'over',
      { shard: parked, at: neverAt },
    ],
    ['has waiting students only', { waitlistedCount: 1 }, 'allowed', { shard: parked, at: neverAt }],
    ['has nobody waiting', {}, 'allowed', undefined],
  ] as const)('where it %s', (_, seats, state, expected) => {
    expect(pendingMark(seatsOf('algebra', seats), state, nowMs)).toEqual(expected);
  });
});

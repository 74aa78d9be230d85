import { shardOf, shards } from '@registrar/dynamodb';
import { hasCancellation } from '../class-codes.rules.ts';
import { nextReleaseOf } from '../seats.rules.ts';
import type { Seats } from '../enrollment.types.ts';
import type { PendingMark } from './seats.codec.ts';

/** How long the instance that deferred work has to continue it before others may, ms. */
export const graceMs = 2_000;

const parkedPrefix = (semesterId: string) => `semester:${semesterId}`;

/** Shard of a course that has waiting students and nothing to do for them now. */
export function parkedShard(semesterId: string, courseId: string): string {
  return `${parkedPrefix(semesterId)}#${shardOf(courseId)}`;
}

/** Every shard that courses of a semester may be parked in; earlier versions had one. */
export function parkedShardsOf(semesterId: string): string[] {
  const prefix = parkedPrefix(semesterId);
  return [prefix, ...shards.map((shard) => `${prefix}#${shard}`)];
}

/** When a parked course is due that nothing but a change takes up again, ms since the epoch: never. */
export const neverAt = Date.parse('9999-12-31T00:00:00.000Z');

/**
 * Where a course with work left or with waiting students stands on the index. Due soon; or parked in the shard of
 * its semester: from now on where promotions are owed and wait for the window alone, so that each sweep finds them
 * once it is open, whenever and by whatever change that is; or else when reserved seats are released; or at no time,
 * so that they are found together when the semester's rules change. A course that is not open, or has closed, is taken up again when it is changed.
 */
export function pendingMark(
  seats: Seats,
  promotions: 'allowed' | 'later' | 'over',
  nowMs: number,
): PendingMark | undefined {
  if (hasCancellation(seats) || (seats.promotion && promotions === 'allowed')) {
    return { shard: shardOf(seats.courseId), at: nowMs + graceMs };
  }
  if (seats.waitlistedCount === 0) return undefined;
  const waitsForWindow = seats.promotion !== null && promotions === 'later';
  const releasesAt = nextReleaseOf(seats, new Date(nowMs).toISOString());
  const at = releasesAt === undefined ? neverAt : Date.parse(releasesAt);
  return { shard: parkedShard(seats.semesterId, seats.courseId), at: waitsForWindow ? nowMs : at };
}

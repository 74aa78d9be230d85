import { createHash } from 'node:crypto';
import type { Seats } from '../registration.types.ts';
import type { PendingMark } from './seats.codec.ts';

/** Over so many shards the indexes of pending work are spread. */
export const pendingShards = 2;

/** How long the instance that left work has to go on with it before others may, ms. */
export const graceMs = 2_000;

/** The shard of a course's or student's pending work. */
export function shardOf(id: string): string {
  return String(createHash('sha1').update(id).digest().readUInt8(0) % pendingShards);
}

/** All shards of work that is due. */
export const allShards = Array.from({ length: pendingShards }, (_, shard) => String(shard));

/** Shard of the courses of a semester that have waiting students and nothing to do for them now. */
export const parkedShard = (semesterId: string) => `semester:${semesterId}`;

/** When a parked course is due that nothing but a change takes up again, ms since the epoch: never. */
export const neverAt = Date.parse('9999-12-31T00:00:00.000Z');

/**
 * Where a course with work left or with waiting students stands on the index. Due soon; or parked in the shard of
 * its semester: from now on where promotions are owed and wait for the window alone, so that each look finds them
 * once it is open, whenever and by whatever change that is; or else at no time, so that they are found together
 * when the semester's rules change. A course that is not open is taken up again when it is changed.
 */
export function pendingMark(
  seats: Seats,
  promotionsAllowed: boolean,
  nowMs: number,
): PendingMark | undefined {
  if (seats.cancellation || (seats.promotion && promotionsAllowed)) {
    return { shard: shardOf(seats.courseId), at: nowMs + graceMs };
  }
  if (seats.waitlistedCount === 0) return undefined;
  const waitsForWindow = seats.promotion !== null && seats.status === 'open';
  return { shard: parkedShard(seats.semesterId), at: waitsForWindow ? nowMs : neverAt };
}

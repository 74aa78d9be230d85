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

/** Shard of courses whose owed promotions wait for their semester's window to open. */
export const parkedShard = (semesterId: string) => `semester:${semesterId}`;

/**
 * Where a course with work left stands on the index: due soon, or parked where promotions are owed but not
 * allowed now. A course that is not open is taken up again when it is changed.
 */
export function pendingMark(
  seats: Seats,
  promotionsAllowed: boolean,
  nowMs: number,
): PendingMark | undefined {
  if (seats.cancellation || (seats.promotion && promotionsAllowed)) {
    return { shard: shardOf(seats.courseId), at: nowMs + graceMs };
  }
  return seats.promotion ? { shard: parkedShard(seats.semesterId), at: nowMs } : undefined;
}

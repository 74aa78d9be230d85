import type { Seats } from '../enrollment.types.ts';

/** An item of the `course_seats` table. */
export interface SeatsItem {
  course_id: string;
  semester_id: string;
  status: Seats['status'];
  capacity: number;
  waitlist_capacity: number;
  enrolled_count: number;
  completed_count: number;
  waitlisted_count: number;
  next_ticket: number;
  sequence: number;
  version: number;
  course_version: number;
  promotion?: Seats['promotion'];
  cancellation?: Seats['cancellation'];
  refused?: Seats['refused'];
  /** Present while work is pending: the sparse index `DeferredWork` is made of it. */
  pending_shard?: string;
  pending_at?: number;
}

/** The seats that an item holds. */
export function seatsOf(item: SeatsItem): Seats {
  return {
    courseId: item.course_id,
    semesterId: item.semester_id,
    status: item.status,
    capacity: item.capacity,
    waitlistCapacity: item.waitlist_capacity,
    enrolledCount: item.enrolled_count,
    completedCount: item.completed_count,
    waitlistedCount: item.waitlisted_count,
    nextTicket: item.next_ticket,
    sequence: item.sequence,
    version: item.version,
    courseVersion: item.course_version,
    promotion: item.promotion ?? null,
    cancellation: item.cancellation ?? null,
    refused: item.refused ?? null,
  };
}

/** The item of seats; `pending` puts it on the index of deferred work. */
export function seatsItem(seats: Seats, pending: PendingMark | undefined): SeatsItem {
  return {
    course_id: seats.courseId,
    semester_id: seats.semesterId,
    status: seats.status,
    capacity: seats.capacity,
    waitlist_capacity: seats.waitlistCapacity,
    enrolled_count: seats.enrolledCount,
    completed_count: seats.completedCount,
    waitlisted_count: seats.waitlistedCount,
    next_ticket: seats.nextTicket,
    sequence: seats.sequence,
    version: seats.version,
    course_version: seats.courseVersion,
    ...(seats.promotion && { promotion: seats.promotion }),
    ...(seats.cancellation && { cancellation: seats.cancellation }),
    ...(seats.refused && { refused: seats.refused }),
    ...(pending && { pending_shard: pending.shard, pending_at: pending.at }),
  };
}

/** Where an item stands on an index of pending work. */
export interface PendingMark {
  shard: string;
  /** Milliseconds since the epoch. */
  at: number;
}

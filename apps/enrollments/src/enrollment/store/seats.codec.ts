import { rowCodec } from '@registrar/dynamodb';
import type { Seats } from '../enrollment.types.ts';

/** Attributes that the item has only while there is such a thing. */
type Passing =
  | 'promotion'
  | 'cancellation'
  | 'refused'
  | 'enrollmentClosesAt'
  | 'reservations'
  | 'reserved'
  | 'releasedUntil'
  | 'linkedFrom'
  | 'codes'
  | 'freeInClass';

const seatsRow = rowCodec<Omit<Seats, Passing>>()({
  courseId: 'course_id',
  semesterId: 'semester_id',
  status: 'status',
  capacity: 'capacity',
  waitlistCapacity: 'waitlist_capacity',
  enrolledCount: 'enrolled_count',
  completedCount: 'completed_count',
  waitlistedCount: 'waitlisted_count',
  nextTicket: 'next_ticket',
  sequence: 'sequence',
  version: 'version',
  courseVersion: 'course_version',
});

/** An item of the `course_seats` table. */
export type SeatsItem = ReturnType<typeof seatsRow.toItem> &
  Partial<Pick<Seats, 'promotion' | 'cancellation' | 'refused' | 'reservations' | 'reserved' | 'codes'>> & {
    enrollment_closes_at?: string;
    released_until?: string;
    /** A set, to which offerings add themselves. */
    linked_from?: Set<string>;
    /** Present while work is pending: the key of the sparse index `PendingWork`. */
    pending_shard?: string;
    pending_at?: number;
  };

/**
 * What the `course_seats` table has in place of seats for a course that is another code for a class: which class that
 * is, for those who know nothing of the course. Never changes.
 */
export interface CodeItem {
  course_id: string;
  class_id: string;
  semester_id: string;
}

/** Whether an item of `course_seats` names the class that has the seats. */
export function isCodeItem(item: SeatsItem | CodeItem): item is CodeItem {
  return 'class_id' in item;
}

/** The seats that an item holds. */
export function seatsOf(item: SeatsItem): Seats {
  const { promotion = null, cancellation = null, refused = null } = item;
  const { reservations = [], reserved = {}, codes = {} } = item;
  return {
    ...seatsRow.fromItem(item),
    enrollmentClosesAt: item.enrollment_closes_at ?? null,
    reservations,
    reserved,
    releasedUntil: item.released_until ?? null,
    codes,
    linkedFrom: [...(item.linked_from ?? [])],
    promotion,
    cancellation,
    refused,
  };
}

/** The item of seats; `pending` puts it on the index of deferred work. */
export function seatsItem(seats: Seats, pending: PendingMark | undefined): SeatsItem {
  return {
    ...seatsRow.toItem(seats),
    ...(seats.enrollmentClosesAt !== null && { enrollment_closes_at: seats.enrollmentClosesAt }),
    ...(seats.reservations.length > 0 && { reservations: seats.reservations }),
    ...(Object.keys(seats.reserved).length > 0 && { reserved: seats.reserved }),
    ...(seats.releasedUntil !== null && { released_until: seats.releasedUntil }),
    ...(Object.keys(seats.codes).length > 0 && { codes: seats.codes }),
    ...(seats.linkedFrom.length > 0 && { linked_from: new Set(seats.linkedFrom) }),
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

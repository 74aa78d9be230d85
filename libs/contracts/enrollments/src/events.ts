import { z } from 'zod';
import { enrollment, timestamp } from './enrollment.ts';
import { holdTopic } from './hold-events.ts';
import { meeting } from './meeting.ts';
import { permitTopic } from './permit-events.ts';

/** Facts about enrollments, keyed by the id of the class's course, kept for good. */
export const enrollmentTopic = {
  name: 'enrollments.enrollment.v1',
  partitions: 6,
  retention: 'unlimited',
} as const;

/** Every topic that the enrollments service publishes. */
export const topics = [enrollmentTopic, holdTopic, permitTopic];

/** What is taken of a class under one of its other codes, and how much may be. */
const codeCounts = z.strictObject({ capacity: z.int().min(0), enrolledCount: z.int().min(0) });

/** A course's seats after a change. */
export const seatCounts = z.strictObject({
  capacity: z.int().min(0),
  enrolledCount: z.int().min(0),
  waitlistedCount: z.int().min(0),
  seatsAvailable: z.int().min(0),
  /** Reserved seats that are taken, by the reservation's name; left out where there are none. */
  reserved: z.record(z.string(), z.int().min(0)).optional(),
  /** The same of courses that are cross-listed with it, by their id; left out where there are none. */
  codes: z.record(z.string(), codeCounts).optional(),
});

/** A course's seats. */
export type SeatCounts = z.infer<typeof seatCounts>;

/**
 * The seats of a class as the course of another code shows them: the smaller rest is available, and where that code
 * may have fewer seats than the class, its own are counted.
 */
export function countsUnder(
  ofClass: Pick<SeatCounts, 'capacity' | 'enrolledCount'>,
  code: z.infer<typeof codeCounts>,
): Pick<SeatCounts, 'capacity' | 'enrolledCount' | 'seatsAvailable'> {
  const rests = [ofClass, code].map(({ capacity, enrolledCount }) => Math.max(0, capacity - enrolledCount));
  const { enrolledCount } = code.capacity < ofClass.capacity ? code : ofClass;
  return { capacity: code.capacity, enrolledCount, seatsAvailable: Math.min(...rests) };
}

/** Weekly meetings as they were at the change. */
const meetings = z.array(meeting);

/** The whole enrollment after the change, with what a message about it needs and the course's counts. */
const enrollmentEventData = z.strictObject({
  /** Events of before grades, reserved seats and drops on promotion lack these. */
  enrollment: enrollment.partial({ grade: true, reservation: true, dropOnPromotion: true }),
  /** The course's section and meetings, for messages about it. */
  course: z.strictObject({ section: z.string(), meetings }),
  /** The course whose class it is: the key of the event. Left out where that is the enrollment's own course. */
  classId: z.string().optional(),
  /** Of the class. */
  counts: seatCounts,
  /** Grows by one with each event of the class, without gaps, from 1. */
  sequence: z.int().min(1),
  /** Version of the student's semester after the change: what a cached list must contain. */
  studentVersion: z.int().min(1),
  actorId: z.string(),
  actorRole: z.string(),
  /** The rule behind it (such as `time_conflict` for passed_over, `course_cancelled`), or null. */
  reason: z.string().nullable(),
  /** Refusals that a registrar set aside. */
  override: z.array(z.string()),
  occurredAt: timestamp,
});

/** Data of an enrollment event. */
export type EnrollmentEventData = z.infer<typeof enrollmentEventData>;

/** What happened to an enrollment, as event types name it. */
export const enrollmentChanges = [
  'enrolled',
  'waitlisted',
  'promoted',
  'passed-over',
  'dropped',
  'withdrawn',
  'cancelled',
  'completed',
] as const;

/** A change of an enrollment. */
export type EnrollmentChange = (typeof enrollmentChanges)[number];

/** The event of one change. */
export function enrollmentEvent<Change extends EnrollmentChange>(change: Change) {
  const type = `registrar.enrollments.enrollment.${change}` as const;
  return { type, topic: enrollmentTopic.name, source: '/registrar/enrollments', schema: enrollmentEventData };
}

/** All events of the topic. */
export const enrollmentEvents = enrollmentChanges.map((change) => enrollmentEvent(change));

import type { EnrollmentChange, EnrollmentEventData, HistoryEntry } from '@registrar/contracts-enrollments';
import type { CourseState } from '@registrar/contracts-courses';
import type { Enrollment, EnrollmentStatus } from '@registrar/contracts-enrollments';
import type { Eligibility } from '../fixture/eligibility.ts';
import type { CrowdedRead, Granted, HoldSpan, Intent, Look, Revoked } from '../workload/journal.ts';

/** A message of a topic. */
export interface TopicCopy {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  /** Its bytes, as text. */
  readonly value: string;
  /** Of the event; empty where the value is none. */
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
}

/** A fact about an enrollment: the first copy of its event. */
export interface Fact {
  readonly id: string;
  readonly change: EnrollmentChange;
  readonly partition: number;
  readonly offset: number;
  readonly data: EnrollmentEventData;
}

/** An enrollment as its table has it, with all of its history. */
export interface EnrollmentRow {
  readonly id: string;
  readonly userId: string;
  readonly courseId: string;
  /** The course whose class that is: its own, or the one that it is cross-listed with. */
  readonly classId: string;
  readonly courseCode: string;
  readonly credits: number;
  readonly status: EnrollmentStatus;
  readonly ticket: number | null;
  readonly reservation: string | null;
  readonly dropOnPromotion: string | null;
  readonly enrolledAt: string;
  readonly version: number;
  readonly history: readonly HistoryEntry[];
}

/** What is taken of a class under one of its other codes, as the table of seats has it. */
export interface CodeSeatsRow {
  readonly capacity: number;
  readonly enrolledCount: number;
  readonly completedCount: number;
  readonly waitlistedCount: number;
  /** Of the code's course. */
  readonly version: number;
  readonly isCancelled: boolean;
}

/** The seats of a class as their table has them: under the id of the class's own course, for all of its codes. */
export interface SeatsRow {
  readonly courseId: string;
  readonly status: string;
  readonly capacity: number;
  readonly waitlistCapacity: number;
  readonly enrolledCount: number;
  readonly completedCount: number;
  readonly waitlistedCount: number;
  /** Reserved seats that are taken, by the reservation's name. */
  readonly reserved: Readonly<Record<string, number>>;
  /** By the id of the course that is another code for the class. */
  readonly codes: Readonly<Record<string, CodeSeatsRow>>;
  readonly sequence: number;
  readonly courseVersion: number;
}

/** A permit as its table has it. */
export interface PermitRow {
  readonly id: string;
  readonly userId: string;
  readonly courseId: string;
  readonly allows: readonly string[];
  readonly usedAt?: string;
  readonly revokedAt?: string;
}

/** A place on a waitlist. */
export interface PlaceRow {
  /** Of the class: there is one waitlist. */
  readonly classId: string;
  /** The course under whose code the student waits. */
  readonly courseId: string;
  readonly ticket: number;
  readonly userId: string;
}

/** The entry of one course in a student's semester. */
export interface EntryRow {
  readonly enrollmentId: string;
  readonly courseId: string;
  readonly code: string;
  readonly credits: number;
  readonly status: EnrollmentStatus;
  readonly version: number;
}

/** A student's semester as its table has it. */
export interface StudentRow {
  readonly userId: string;
  readonly version: number;
  readonly entries: readonly EntryRow[];
}

/** A row of the notifications' ledger. */
export interface NoticeRow {
  readonly id: string;
  readonly kind: string;
  readonly eventId: string;
  readonly userId: string;
  readonly mailStatus: string;
  readonly mailAttempts: number;
}

/** A mail that the mail server accepted. */
export interface Mail {
  readonly messageId: string;
  readonly to: string;
}

/** What a client is shown after quiescence. */
export interface OwnShown {
  readonly userId: string;
  readonly via: string;
  /** Of the last answer; anything but 200 says that the list cannot be shown. */
  readonly status: number;
  readonly items: readonly Pick<
    Enrollment,
    'id' | 'status' | 'version' | 'enrolledAt' | 'waitlistPosition'
  >[];
}

/** Counts as a client is shown them. */
export interface Counts {
  readonly capacity: number;
  readonly enrolledCount: number;
  readonly waitlistedCount: number;
}

/** A course as the catalogue shows it after quiescence. */
export interface CourseShown extends Counts {
  readonly courseId: string;
  readonly via: string;
  readonly status: string;
  readonly version: number;
}

/** An offering as the enrollments service keeps it. */
export interface OfferingRow {
  readonly courseId: string;
  readonly code: string;
  readonly credits: number;
  readonly version: number;
  readonly meetings: CourseState['meetings'];
}

/** Work left at quiescence, by kind; it should be none. */
export type Backlog = Readonly<Record<string, number>>;

/** Everything that the invariants check, as it was at quiescence. */
export interface Snapshot {
  /** When it was read; RFC 3339. */
  readonly readAt: string;
  readonly creditLimit: number;
  readonly courses: ReadonlyMap<string, CourseState>;
  readonly offerings: ReadonlyMap<string, OfferingRow>;
  readonly seats: ReadonlyMap<string, SeatsRow>;
  readonly enrollments: ReadonlyMap<string, EnrollmentRow>;
  readonly places: readonly PlaceRow[];
  readonly students: ReadonlyMap<string, StudentRow>;
  /** All messages of all entity topics, in the order of partition and offset. */
  readonly copies: readonly TopicCopy[];
  /** The facts about enrollments, by class (all codes together), each in the order of its topic. */
  readonly facts: ReadonlyMap<string, readonly Fact[]>;
  readonly notices: readonly NoticeRow[];
  readonly mails: readonly Mail[];
  readonly mailOf: ReadonlyMap<string, string>;
  readonly intents: readonly Intent[];
  readonly looks: readonly Look[];
  /** Requests that were refused as too many, and not sent again. */
  readonly refused: readonly Intent[];
  readonly holdSpans: readonly HoldSpan[];
  readonly permits: readonly PermitRow[];
  /** Permits whose grant was answered. */
  readonly granted: readonly Granted[];
  /** Permits whose revocation was answered. */
  readonly revoked: readonly Revoked[];
  readonly eligibility: Eligibility & { /** RFC 3339. */ readonly lateOpensAt: string };
  readonly crowdedReads: readonly CrowdedRead[];
  readonly ownShown: readonly OwnShown[];
  readonly coursesShown: readonly CourseShown[];
  readonly backlog: Backlog;
}

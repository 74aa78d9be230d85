import type { Match, Requirement } from '@registrar/eligibility';
import type {
  EnrollmentStatus,
  HistoryEntry,
  RefusalCode,
  RefusalParams,
} from '@registrar/contracts-enrollments';

/** A weekly meeting, `HH:mm` on one day, between two dates where it has any. */
export interface Meeting {
  day: string;
  start: string;
  end: string;
  room: string;
  startsOn?: string | undefined;
  endsOn?: string | undefined;
}

/** A course as enrollments projects it: the courses service's state at `version`. */
export interface Offering {
  courseId: string;
  /** The course whose class this is: its own, or the one that it is cross-listed with. Never changes. */
  classId: string;
  semesterId: string;
  code: string;
  section: string;
  component: string;
  topic: string | null;
  title: string;
  /** Of variable credits the most. */
  credits: number;
  /** Of variable credits the least; null where they are fixed. */
  minCredits: number | null;
  instructorIds: string[];
  meetings: Meeting[];
  prerequisites: string[];
  /** What must be done before, beside the prerequisites. */
  requirement: Requirement | null;
  /** Who may take it at all. */
  restriction: Match | null;
  /** Whether a student needs a permit. */
  consent: 'none' | 'instructor';
  /** Sections of which one of each list is taken along. */
  linked: LinkedList[];
  /** Null where the semester's count. */
  dropDeadlineAt: string | null;
  withdrawDeadlineAt: string | null;
  version: number;
}

/** Sections of which one is taken along. */
export interface LinkedList {
  component: string;
  courseIds: string[];
}

/** Seats that are kept for some students. */
export interface Reservation {
  name: string;
  seats: number;
  match: Match;
  /** From then on they are general; null where they are kept for good. */
  releasesAt: string | null;
}

/** An earlier or later opening for some students. */
export interface Ticket {
  name: string;
  match: Match;
  opensAt: string;
}

/** Windows and limits of a semester; times are RFC 3339. */
export interface SemesterRules {
  id: string;
  enrollmentOpensAt: string;
  enrollmentClosesAt: string;
  dropDeadlineAt: string;
  withdrawDeadlineAt: string;
  creditLimit: number;
  tickets: Ticket[];
  /** From then on nobody takes a place; null while registration is not to pause. */
  pausedAt: string | null;
  version: number;
  /** Grows when the meetings of any of its courses change: shows whether offerings held in memory are current. */
  scheduleVersion: number;
}

/** Waiting students who are still to be judged for the free seats: those with a ticket beyond `after`. */
export interface PromotionDue {
  after: number;
  /** How many keep their place at or before `after`: their number gives the position of the next. */
  kept: number;
}

/** What is taken of a class under one of its other codes, and how much may be. */
export interface CodeSeats {
  /** So many of the class's seats may be taken under it. */
  capacity: number;
  /** When enrollment under this code closes; null where the semester's window counts alone. */
  enrollmentClosesAt: string | null;
  /** Seats taken under it, those of `completed` included. */
  enrolledCount: number;
  completedCount: number;
  waitlistedCount: number;
  /** Of the code's course. */
  version: number;
  /** The code is cancelled, while the class goes on. */
  isCancelled: boolean;
  /** Who cancelled it, while enrollments under it are still to be ended. */
  cancellation: { actorId: string } | null;
  /** The last change of the code's course that was refused. */
  refused: RefusedChange | null;
}

/** The seats of a class: the one item that all changes pass through, whatever the code. */
export interface Seats {
  /** Of the class, also where it is seen under another code. */
  courseId: string;
  semesterId: string;
  status: 'draft' | 'open' | 'closed' | 'cancelled';
  capacity: number;
  waitlistCapacity: number;
  /** When enrollment in this course closes; null where the semester's window counts alone. */
  enrollmentClosesAt: string | null;
  /** Seats taken, those of `completed` included. */
  enrolledCount: number;
  /** How many of them have completed: a cancellation leaves these as they are. */
  completedCount: number;
  waitlistedCount: number;
  /** In the order in which a student who matches several takes a seat of them. */
  reservations: Reservation[];
  /** Reserved seats that are taken, by the name of their reservation, also of one that is no more. */
  reserved: Record<string, number>;
  /** Releases up to then have been given to the waitlist; null before the first. */
  releasedUntil: string | null;
  /** The other codes of the class, by the id of their course. */
  codes: Record<string, CodeSeats>;
  /**
   * Only of seats as they are seen under a code: free seats of the class, which its reservations share out. `capacity` and
   * `enrolledCount` are then those of the code, or of the class where less is left in that.
   */
  freeInClass?: number;
  /** Courses that may name the class, under any code, as a linked section: a hint, which their offerings confirm. */
  linkedFrom: string[];
  /** The next place on the waitlist; tickets are never used twice. */
  nextTicket: number;
  /** Of the last event of the course. */
  sequence: number;
  /** Grows with each commit. */
  version: number;
  /** The version of the course that status, closing, capacity and waitlist capacity are of. */
  courseVersion: number;
  promotion: PromotionDue | null;
  /** Who cancelled the course, while enrollments are still to be ended. */
  cancellation: { actorId: string } | null;
  /** The last change of the course that was refused: it and earlier ones are never taken over. */
  refused: RefusedChange | null;
}

/** A change of a course that was refused, and the count that it did not fit. */
export interface RefusedChange {
  /** Of the course, as the change would have made it. */
  version: number;
  enrolledCount: number;
}

/** One student's place in one course, as stored. */
export interface EnrollmentRecord {
  id: string;
  userId: string;
  /** The code under which it is. */
  courseId: string;
  /** The course whose class that is. */
  classId: string;
  semesterId: string;
  courseCode: string;
  courseTitle: string;
  credits: number;
  status: EnrollmentStatus;
  /** The place on the waitlist, while waiting. */
  ticket: number | null;
  /** Of a completed one, where one was given. */
  grade: string | null;
  /** Name of the reservation whose seat it has or had. */
  reservation: string | null;
  /** While waiting: the enrollment that is dropped in the commit of the promotion. */
  dropOnPromotion: string | null;
  enrolledAt: string;
  updatedAt: string;
  version: number;
  history: StoredHistoryEntry[];
}

/** A line of a history as stored: with a permit only where one was used. */
export type StoredHistoryEntry = Omit<HistoryEntry, 'permitId'> & { permitId?: string | null };

/** What a student's semester says of one course. */
export interface StudentEntry {
  enrollmentId: string;
  courseId: string;
  code: string;
  credits: number;
  status: EnrollmentStatus;
  /** Where it is not a lecture. */
  component?: string;
  /** Where the section has one. */
  topic?: string;
  /** Completed with a grade that does not pass. */
  isFailed?: true;
  /** Of the enrollment. */
  version: number;
}

/** What a student has and last had in one semester: read and written whole with each change of it. */
export interface StudentSemester {
  userId: string;
  semesterId: string;
  version: number;
  /** Every seat and waiting place, and the ended enrollments that changed last, in order of their last change. */
  entries: StudentEntry[];
  /** The schedule became looser, and waiting places are still to be judged again for it. */
  retryDue: boolean;
}

/** A place on the waitlist. */
export interface WaitlistPlace {
  /** Of the class: there is one waitlist. */
  courseId: string;
  /** The code under which the student waits, where it is another. */
  codeId?: string;
  ticket: number;
  userId: string;
  /** Whether the student was notified that a seat passed by. */
  isNotified: boolean;
  /** Why the last seat passed by; null where none did. */
  passedOver: PassedOver | null;
}

/** Why a waiting student was not given a seat. */
export interface PassedOver {
  code: string;
  detail: string;
  /** RFC 3339. */
  at: string;
}

/** A code with the values that its detail says. */
export type WithParams<Code extends keyof RefusalParams> = {
  [Each in Code]: { code: Each; params: RefusalParams[Each] };
}[Code];

/** Why a request is refused, in words for the student, and the values in them. */
export type Refusal = WithParams<RefusalCode> & {
  detail: string;
  /** Ids of the courses that stand in the way. */
  conflicts?: string[];
  /** What is not met of a requirement. */
  missing?: Requirement;
  /** A list of ids for each list of linked sections of which none is taken. */
  options?: string[][];
  /** Nobody can set it aside, whatever the rule says. */
  isFinal?: boolean;
};

/** Who acts: the student, a registrar or an instructor; `system` for promotions and cancellations. */
export interface Actor {
  id: string;
  role: 'student' | 'instructor' | 'registrar' | 'admin' | 'system';
  /** The act is one of an import, which is recorded as a whole. */
  inBulk?: true;
}

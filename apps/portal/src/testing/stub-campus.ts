import type {
  Campus,
  Completion,
  Course,
  Department,
  Enrollment,
  Hold,
  MailPreferences,
  Notification,
  OwnSeats,
  OwnWindow,
  Permit,
  Plan,
  PlanCheck,
  Seats,
  Semester,
  Student,
} from './stub-data.ts';
import { campus, course, enrollment, semester, student, studentRecord } from './stub-data.ts';

/** A refusal of the stub, by the contract's problem details. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  /** `params`, `conflicts`, `errors` and so on. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, detail: string, more: Readonly<Record<string, unknown>> = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    this.more = more;
  }
}

/** A campus in memory, of one student: courses, own enrollments and the inbox. Tests change it as they like. */
export class StubCampus {
  campus: Campus = campus;
  semesters: Semester[] = [semester()];
  departments: Department[] = [
    { id: 'CS', name: 'Computer Science', version: 1, updatedAt: '2026-05-01T08:00:00.000Z' },
    { id: 'MATH', name: 'Mathematics', version: 1, updatedAt: '2026-05-01T08:00:00.000Z' },
  ];
  courses: Course[] = [
    course(),
    course({
      id: 'crs_2',
      departmentId: 'MATH',
      code: 'MATH 210',
      title: 'Linear Algebra',
      meetings: [{ day: 'tue', start: '13:00', end: '14:30', room: 'B 2' }],
    }),
    course({
      id: 'crs_full',
      code: 'CS 220',
      title: 'Data Structures',
      enrolledCount: 30,
      waitlistedCount: 2,
    }),
  ];
  enrollments: Enrollment[] = [];
  record: Student = studentRecord();
  completions: Completion[] = [];
  /** Newest first; released ones too. */
  holds: Hold[] = [];
  /** The student's ticket; undefined where the general opening counts. */
  ticket: { readonly name: string; readonly opensAt: string } | undefined;
  /** The reservation that the student matches. */
  ownReservation: string | undefined;
  /** Why an entry of a set of changes is refused, by course. */
  readonly problems = new Map<string, Refusal>();
  permits: Permit[] = [];
  /** Ids of courses that the student has asked a permit for. */
  readonly requestedPermits = new Set<string>();
  plan: Plan | undefined;
  /** What a check of the plan finds; undefined: every first choice is possible. */
  planCheck: PlanCheck | undefined;
  notifications: Notification[] = [];
  mailPreferences: MailPreferences = { email: { enrollment: true, waitlist: true, course: true } };

  courseOf(id: string): Course {
    const found = this.courses.find((one) => one.id === id);
    if (!found) throw new Refusal(404, 'course_not_found', 'There is no such course.');
    return found;
  }

  enrollmentOf(id: string): Enrollment {
    const found = this.enrollments.find((one) => one.id === id);
    if (!found) throw new Refusal(404, 'enrollment_not_found', 'There is no such enrollment.');
    return found;
  }

  /** When the student may enroll in that semester. @param nowMs by the server's clock */
  windowOf(semesterId: string, nowMs: number): OwnWindow {
    const found = this.semesters.find(({ id }) => id === semesterId);
    if (!found) throw new Refusal(404, 'semester_not_found', 'There is no such semester.');
    const opensAt = this.ticket?.opensAt ?? found.enrollmentOpensAt;
    const closesAt = found.enrollmentClosesAt;
    const isPaused = typeof found.pausedAt === 'string' && nowMs >= Date.parse(found.pausedAt);
    return {
      opensAt,
      closesAt,
      ticket: this.ticket?.name ?? null,
      isOpen: nowMs >= Date.parse(opensAt) && nowMs < Date.parse(closesAt) && !isPaused,
      holds: this.holds.filter(({ releasedAt }) => releasedAt === null),
    };
  }

  seatsOf(id: string): Seats {
    const { capacity, enrolledCount, waitlistedCount, seatsAvailable, reservations } = this.courseOf(id);
    // Every change of the counts gives a higher number, which is all that a version has to do.
    const version = 1_000 + enrolledCount * 50 + waitlistedCount + capacity;
    let free = seatsAvailable;
    const kept = reservations.map(({ name, seats, releasesAt }) => {
      const available =
        releasesAt !== null && Date.parse(releasesAt) <= Date.now() ? 0 : Math.min(seats, free);
      free -= available;
      return { name, seats, available, releasesAt };
    });
    const counts = { capacity, enrolledCount, waitlistedCount, seatsAvailable };
    return { courseId: id, ...counts, generalAvailable: free, reservations: kept, version };
  }

  /** What the student could take now: of `ownReservation` first, then general seats. */
  ownSeatsOf(id: string): OwnSeats {
    const { generalAvailable, reservations } = this.seatsOf(id);
    const own = reservations.find(({ name, available }) => name === this.ownReservation && available > 0);
    return { available: generalAvailable + (own?.available ?? 0), reservation: own?.name ?? null };
  }

  /** The student's plan for a semester; an empty one where there is none. */
  planOf(semesterId: string): Plan {
    if (this.plan?.semesterId === semesterId) return this.plan;
    return { semesterId, entries: [], armed: false, version: 0, drawId: null, run: null };
  }

  /** Own enrollments that have not ended, in that course. */
  heldIn(courseId: string): Enrollment | undefined {
    return this.enrollments.find(
      (one) => one.courseId === courseId && ['enrolled', 'waitlisted'].includes(one.status),
    );
  }

  enroll({
    courseId,
    joinWaitlist = false,
    credits,
    dropOnPromotion = null,
  }: {
    courseId: string;
    joinWaitlist?: boolean | undefined;
    credits?: number | undefined;
    dropOnPromotion?: string | null | undefined;
  }): Enrollment {
    const wanted = this.courseOf(courseId);
    if (this.heldIn(courseId))
      throw new Refusal(409, 'already_enrolled', `You are already in ${wanted.code}.`);
    if (wanted.status !== 'open') throw new Refusal(409, 'course_not_open', `${wanted.code} is not open.`);
    const isFull = wanted.seatsAvailable === 0;
    if (isFull && !joinWaitlist) throw new Refusal(409, 'seat_unavailable', `${wanted.code} is full.`);
    this.count(wanted, isFull ? { waitlistedCount: 1 } : { enrolledCount: 1 });
    const waits = {
      status: 'waitlisted',
      waitlistPosition: this.courseOf(courseId).waitlistedCount,
      dropOnPromotion,
    } as const;
    const made = enrollment(wanted, {
      id: `enr_${courseId}_${this.enrollments.length}`,
      userId: student.id,
      enrolledAt: new Date().toISOString(),
      ...(credits !== undefined && { credits }),
      ...(isFull && waits),
    });
    this.enrollments = [made, ...this.enrollments];
    return made;
  }

  drop(id: string): Enrollment {
    const held = this.enrollmentOf(id);
    if (held.status !== 'enrolled' && held.status !== 'waitlisted') return held;
    const change = held.status === 'enrolled' ? { enrolledCount: -1 } : { waitlistedCount: -1 };
    this.count(this.courseOf(held.courseId), change);
    const dropped: Enrollment = {
      ...held,
      status: 'dropped',
      waitlistPosition: null,
      version: held.version + 1,
    };
    this.enrollments = this.enrollments.map((one) => (one.id === id ? dropped : one));
    return dropped;
  }

  private count(
    of: Course,
    { enrolledCount = 0, waitlistedCount = 0 }: { enrolledCount?: number; waitlistedCount?: number },
  ): void {
    const enrolled = of.enrolledCount + enrolledCount;
    const counted = {
      ...of,
      enrolledCount: enrolled,
      waitlistedCount: of.waitlistedCount + waitlistedCount,
      seatsAvailable: Math.max(0, of.capacity - enrolled),
    };
    this.courses = this.courses.map((one) => (one.id === of.id ? counted : one));
  }
}

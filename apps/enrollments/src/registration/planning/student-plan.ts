import type { EnrollmentRecord, StudentEntry, StudentSemester } from '../../enrollment/enrollment.types.ts';
import { entriesAfter } from '../../enrollment/student-entries.rules.ts';
import { withCompletion, withoutCompletionOf } from '../../enrollment/student-record/completions.rules.ts';
import type { UsedPermit } from '../../enrollment/student-record/permit-use.ts';
import { usablePermits, withPermitUsed } from '../../enrollment/student-record/permits.rules.ts';
import type {
  ActivePermit,
  Completion,
  StudentRecord,
} from '../../enrollment/student-record/student-record.types.ts';

/** An enrollment before the commit, and as it will be. */
export interface PlannedEnrollment {
  before: EnrollmentRecord | undefined;
  now: EnrollmentRecord;
}

/** One student in a commit that is being planned: as read, and as it will be. Knows nothing of storage. */
export class StudentPlan {
  private readonly changed = new Map<string, PlannedEnrollment>();
  private current: StudentSemester;
  private currentRecord: StudentRecord;
  private readonly permitUses: UsedPermit[] = [];
  /** The student's schedule became looser while places on waitlists are held: those are to be judged again. */
  retryDue: boolean;
  /**
   * This commit leaves something behind that was decided on this schedule, such as a waiter passed over: the commit
   * must not stand if the schedule has changed since, even where it does not write the student.
   */
  isReliedOn = false;

  /**
   * @param before as read; version 0 where the student had nothing in the semester
   * @param enrollments those of the courses of this commit, by course id, as read
   * @param recordBefore as read
   */
  constructor(
    readonly before: StudentSemester,
    private readonly enrollments: Map<string, EnrollmentRecord>,
    readonly recordBefore: StudentRecord,
  ) {
    this.current = before;
    this.currentRecord = recordBefore;
    this.retryDue = before.retryDue;
  }

  /** Adds enrollments, as read, in courses that the commit turns out to concern. */
  learn(records: readonly EnrollmentRecord[]): void {
    for (const record of records) this.enrollments.set(record.courseId, record);
  }

  /** A plan for the same student as read, without the changes of this one. */
  again(): StudentPlan {
    return new StudentPlan(this.before, this.enrollments, this.recordBefore);
  }

  /** A plan that begins where this one ends: for what would come after a change that is not committed. */
  afterwards(): StudentPlan {
    const changed = this.changes.map(({ now }) => [now.courseId, now] as const);
    return new StudentPlan(this.current, new Map([...this.enrollments, ...changed]), this.currentRecord);
  }

  get userId(): string {
    return this.before.userId;
  }

  get now(): StudentSemester {
    return this.current;
  }

  /** The student's record, as it will be so far. */
  get record(): StudentRecord {
    return this.currentRecord;
  }

  /** Whether this commit writes the record. */
  get isRecordChanged(): boolean {
    return this.currentRecord !== this.recordBefore;
  }

  /** Permits that count in a course: those that can be used, and those that were used to wait for a seat; the oldest first. */
  permitsFor(courseId: string, now: string): ActivePermit[] {
    const { permits } = this.currentRecord;
    if (permits.length === 0) return [];
    const waitedWith = permits.filter((permit) => permit.courseId === courseId && permit.usedAt !== null);
    return [...waitedWith, ...usablePermits(permits, courseId, now)];
  }

  /** Uses a permit. @param keeps it was used to wait, and counts at the promotion too */
  usePermit(permitId: string, now: string, keeps: boolean): void {
    const permit = this.currentRecord.permits.find(({ id }) => id === permitId);
    if (permit?.usedAt === null) this.permitUses.push({ permitId, courseId: permit.courseId, usedAt: now });
    this.currentRecord = withPermitUsed(this.currentRecord, permitId, { now, keeps });
  }

  /** A place on a waitlist has ended: a permit that was used to wait there counts no more. */
  endWaiting(courseId: string): void {
    const { permits } = this.currentRecord;
    const left = permits.filter((permit) => permit.courseId !== courseId || permit.usedAt === null);
    if (left.length < permits.length) this.currentRecord = { ...this.currentRecord, permits: left };
  }

  /** Permits that this commit uses. */
  get usedPermits(): readonly UsedPermit[] {
    return this.permitUses;
  }

  /** Notes a completed enrollment in the record; replaces what was noted of the same one. */
  complete(completion: Completion): void {
    const completions = withCompletion(this.currentRecord.completions, completion);
    this.currentRecord = { ...this.currentRecord, completions };
  }

  /** Takes the completion of an enrollment out of the record. */
  undoCompletion(enrollmentId: string): void {
    const completions = withoutCompletionOf(this.currentRecord.completions, enrollmentId);
    this.currentRecord = { ...this.currentRecord, completions };
  }

  get entries(): readonly StudentEntry[] {
    return this.current.entries;
  }

  /** The enrollments that this commit writes. */
  get changes(): readonly PlannedEnrollment[] {
    return [...this.changed.values()];
  }

  /** The enrollment in a course, as it will be so far. */
  enrollmentIn(courseId: string): EnrollmentRecord | undefined {
    return this.changed.get(courseId)?.now ?? this.enrollments.get(courseId);
  }

  /** Changes what an enrollment says beside its status; gives it as it will be. */
  amend(record: EnrollmentRecord): EnrollmentRecord {
    this.changed.set(record.courseId, { before: this.enrollments.get(record.courseId), now: record });
    const entries = this.current.entries.map((entry) =>
      entry.courseId === record.courseId ? { ...entry, version: record.version } : entry,
    );
    this.current = { ...this.current, version: this.before.version + 1, entries };
    return record;
  }

  /** Takes `record` over, into the enrollment and the semester. @param more what the entry says beside it */
  put(record: EnrollmentRecord, more: Pick<StudentEntry, 'component' | 'topic' | 'isFailed'>): void {
    this.changed.set(record.courseId, { before: this.enrollments.get(record.courseId), now: record });
    const entry: StudentEntry = {
      enrollmentId: record.id,
      courseId: record.courseId,
      code: record.courseCode,
      credits: record.credits,
      status: record.status,
      ...more,
      version: record.version,
    };
    const entries = entriesAfter(this.current.entries, entry);
    this.current = { ...this.current, version: this.before.version + 1, entries };
  }
}

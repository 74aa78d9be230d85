import type { EnrollmentRecord, StudentEntry, StudentSemester } from '../../enrollment/enrollment.types.ts';
import { entriesAfter } from '../../enrollment/student-entries.rules.ts';
import { withCompletion, withoutCompletionOf } from '../../enrollment/student-record/completions.rules.ts';
import type { Completion, StudentRecord } from '../../enrollment/student-record/student-record.types.ts';

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
    private readonly enrollments: ReadonlyMap<string, EnrollmentRecord>,
    readonly recordBefore: StudentRecord,
  ) {
    this.current = before;
    this.currentRecord = recordBefore;
    this.retryDue = before.retryDue;
  }

  /** A plan for the same student as read, without the changes of this one. */
  again(): StudentPlan {
    return new StudentPlan(this.before, this.enrollments, this.recordBefore);
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

import { Injectable } from '@nestjs/common';
import { Dynamo, idempotentRequestsTable, recordOf } from '@registrar/dynamodb';
import type { BatchKey, IdempotencyRecord } from '@registrar/dynamodb';
import { enrollmentId } from '../draft/transition.ts';
import { StudentDraft } from '../draft/student-draft.ts';
import { holdsSeat } from '../eligibility.rules.ts';
import type {
  EnrollmentRecord,
  Offering,
  Seats,
  SemesterRules,
  WaitlistPlace,
} from '../registration.types.ts';
import { completedKey, enrollmentOf, placeOf, studentSemesterOf } from './enrollment.codec.ts';
import type { EnrollmentItem, StudentSemesterItem, WaitlistItem } from './enrollment.codec.ts';
import { OfferingCache } from './offering-cache.ts';
import { semesterOf } from './offering.codec.ts';
import type { SemesterItem } from './offering.codec.ts';
import { seatsOf } from './seats.codec.ts';
import type { SeatsItem } from './seats.codec.ts';

/** A course as read for a commit. */
export interface CourseView {
  seats: Seats;
  offering: Offering;
  semester: SemesterRules;
}

/** What is read for a group; without a course and students where there is no such course. */
export interface GroupItems {
  course: CourseView | undefined;
  students: StudentDraft[];
  /** Kept answers by the id of their request. */
  records: Map<string, IdempotencyRecord>;
}

/** One student of a commit, and the courses of the commit that it is about. */
export interface StudentKey {
  userId: string;
  courseIds: readonly string[];
}

/** A semester that enrollments has not heard of lets nobody in. */
const unknownSemester = (id: string): SemesterRules => ({
  id,
  enrollmentOpensAt: '9999-12-31T00:00:00.000Z',
  enrollmentClosesAt: '9999-12-31T00:00:00.000Z',
  dropDeadlineAt: '9999-12-31T00:00:00.000Z',
  withdrawDeadlineAt: '9999-12-31T00:00:00.000Z',
  creditLimit: 0,
  version: 0,
  scheduleVersion: 0,
});

/**
 * Reads what a commit is decided on, all of it consistently, in as few calls as it can.
 *
 * Failure: throws StoreUnavailable.
 */
@Injectable()
export class ViewRepository {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly offerings: OfferingCache,
  ) {}

  /** The semester that a course is in, known for good once read; undefined where there is no such course. */
  async semesterIdOf(courseId: string): Promise<string | undefined> {
    return (this.offerings.known(courseId) ?? (await this.offerings.atVersion(courseId, 0)))?.semesterId;
  }

  /** A course, the students of its group, and the kept answers to their requests. */
  async read(
    courseId: string,
    students: readonly StudentKey[],
    requestIds: readonly string[] = [],
  ): Promise<GroupItems> {
    const { name } = this.dynamo.tables;
    const requests = requestIds.map((id) => ({ table: name(idempotentRequestsTable.name), key: { id } }));
    const semesterId = await this.semesterIdOf(courseId);
    const about: BatchKey[] =
      semesterId === undefined
        ? []
        : [
            { table: name('course_seats'), key: { course_id: courseId } },
            { table: name('semesters'), key: { id: semesterId } },
            ...students.flatMap((student) => this.studentKeys(student, semesterId)),
          ];
    const items = await this.dynamo.batchGet<object>([...requests, ...about], { consistent: true });
    const records = recordsOf(items.splice(0, requests.length));
    const [seatsItem, semesterItem, ...rest] = items;
    const nothing = { course: undefined, students: [], records };
    if (semesterId === undefined || !seatsItem) return nothing;
    const seats = seatsOf(seatsItem as SeatsItem);
    const semester = semesterItem ? semesterOf(semesterItem as SemesterItem) : unknownSemester(semesterId);
    const offering = await this.offerings.atVersion(courseId, seats.courseVersion);
    if (!offering) return nothing;
    return {
      course: { seats, offering, semester },
      students: drafts(students, semesterId, rest),
      records,
    };
  }

  /** More students of the same semester, such as those who wait. */
  async students(keys: readonly StudentKey[], semesterId: string): Promise<StudentDraft[]> {
    if (keys.length === 0) return [];
    const items = await this.dynamo.batchGet<object>(
      keys.flatMap((student) => this.studentKeys(student, semesterId)),
      { consistent: true },
    );
    return drafts(keys, semesterId, items);
  }

  /** Current offerings of all courses that take the time of any of `students`. */
  offeringsOf(students: Iterable<StudentDraft>, semester: SemesterRules): Promise<Map<string, Offering>> {
    const ids = [...students].flatMap(({ entries }) =>
      entries.filter(holdsSeat).map(({ courseId }) => courseId),
    );
    return this.offerings.current(ids, semester);
  }

  /** The first `limit` places of a waitlist beyond a ticket, in order, and whether it ends with them. */
  async waiting(
    courseId: string,
    after: number,
    limit: number,
  ): Promise<{ places: WaitlistPlace[]; isWhole: boolean }> {
    const { items, next } = await this.dynamo.query<WaitlistItem>({
      TableName: this.dynamo.tables.name('waitlist'),
      KeyConditionExpression: 'course_id = :course AND ticket > :after',
      ExpressionAttributeValues: { ':course': courseId, ':after': after },
      ConsistentRead: true,
      Limit: limit,
    });
    return { places: items.map(placeOf), isWhole: next === undefined };
  }

  /** The waiting places of single tickets. */
  async placesOf(courseId: string, tickets: readonly number[]): Promise<WaitlistPlace[]> {
    const table = this.dynamo.tables.name('waitlist');
    const keys = tickets.map((ticket) => ({ table, key: { course_id: courseId, ticket } }));
    const items = await this.dynamo.batchGet<WaitlistItem>(keys, { consistent: true });
    return items.flatMap((item) => (item ? [placeOf(item)] : []));
  }

  private studentKeys({ userId, courseIds }: StudentKey, semesterId: string): BatchKey[] {
    const { name } = this.dynamo.tables;
    const semesters = name('student_semesters');
    return [
      { table: semesters, key: { user_id: userId, semester_id: semesterId } },
      { table: semesters, key: { user_id: userId, semester_id: completedKey } },
      ...courseIds.map((courseId) => ({
        table: name('enrollments'),
        key: { id: enrollmentId(courseId, userId) },
      })),
    ];
  }
}

function recordsOf(items: readonly (object | undefined)[]): Map<string, IdempotencyRecord> {
  const records = items.flatMap(
    (item) => recordOf(item as Record<string, unknown> | undefined, Date.now()) ?? [],
  );
  return new Map(records.map((record) => [record.id, record]));
}

function drafts(
  students: readonly StudentKey[],
  semesterId: string,
  items: readonly (object | undefined)[],
): StudentDraft[] {
  let at = 0;
  return students.map(({ userId, courseIds }) => {
    const semester = studentSemesterOf(items[at++] as StudentSemesterItem | undefined, userId, semesterId);
    const completed = items[at++] as { codes?: Set<string> } | undefined;
    const enrollments = new Map<string, EnrollmentRecord>();
    for (const courseId of courseIds) {
      const item = items[at++] as EnrollmentItem | undefined;
      if (item) enrollments.set(courseId, enrollmentOf(item));
    }
    return new StudentDraft(semester, enrollments, completed?.codes ?? new Set());
  });
}

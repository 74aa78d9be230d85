import { Injectable } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import type { BatchKey } from '@registrar/dynamodb';
import { idempotentRequestsTable, recordOf } from '@registrar/idempotency';
import type { IdempotencyRecord } from '@registrar/idempotency';
import type { Offering, Seats, SemesterRules } from '../../enrollment/enrollment.types.ts';
import { enrollmentOf, studentSemesterOf } from '../../enrollment/store/enrollment.codec.ts';
import type { EnrollmentItem, StudentSemesterItem } from '../../enrollment/store/enrollment.codec.ts';
import { OfferingCache } from '../../enrollment/store/offering-cache.ts';
import { semesterOf } from '../../enrollment/store/offering.codec.ts';
import type { SemesterItem } from '../../enrollment/store/offering.codec.ts';
import { seatsOf } from '../../enrollment/store/seats.codec.ts';
import type { SeatsItem } from '../../enrollment/store/seats.codec.ts';
import { studentKey, studentRecordOf } from '../../enrollment/student-record/student-record.codec.ts';
import type { StudentItem } from '../../enrollment/student-record/student-record.codec.ts';
import { StudentRecords } from '../../enrollment/student-record/student-records.ts';
import { coursesOf } from '../planning/change-set.ts';
import type { ChangeSet } from '../planning/change-set.ts';
import { impliedBy } from '../planning/judge-changes.ts';
import { StudentPlan } from '../planning/student-plan.ts';
import { enrollmentId } from '../planning/transition.ts';
import { ViewRepository, otherCoursesOf, unknownSemester } from './view.repository.ts';
import type { CourseView } from './view.repository.ts';

/** What a change set of one student is decided on, promotions apart. */
export interface SetReading {
  /** Of the courses that it names, and of those that are given up with them. */
  courses: CourseView[];
  /** Undefined where none of the courses is known. */
  student: StudentPlan | undefined;
  offerings: Map<string, Offering>;
  /** The kept answer of an earlier try. */
  record: IdempotencyRecord | undefined;
}

/** What to read for: a set, before anything is known of its courses. */
export type SetKeys = Pick<ChangeSet, 'userId' | 'add' | 'drop'> & Partial<Pick<ChangeSet, 'request'>>;

/**
 * Reads what a change set is decided on, consistently: one BatchGet for all that is named, one read for offerings that are
 * not in memory, and one more where linked sections are given up with what is named.
 *
 * Failure: throws StoreUnavailable.
 */
@Injectable()
export class SetReader {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly views: ViewRepository,
    private readonly cache: OfferingCache,
    private readonly records: StudentRecords,
  ) {}

  async read(set: SetKeys): Promise<SetReading> {
    const courseIds = coursesOf(set);
    const semesterId = await this.semesterOf(courseIds);
    if (semesterId === undefined) return { ...nothing, offerings: new Map() };
    const { seats, semester, student, record } = await this.readNamed(set, courseIds, semesterId);
    const known = seats.map((each) => ({ seats: each, semester }));
    const versions = new Map(seats.map(({ courseId, courseVersion }) => [courseId, courseVersion]));
    const others = otherCoursesOf([student], known);
    const offerings = await this.cache.current(others, semester, versions);
    const courses = known.flatMap((each) => {
      const offering = offerings.get(each.seats.courseId);
      return offering ? [{ ...each, offering }] : [];
    });
    const implied = impliedBy(set, student, (id) => offerings.get(id)).filter((id) => !versions.has(id));
    if (implied.length > 0) {
      const [more] = await Promise.all([
        this.views.courses(implied, semester),
        this.views.learn([{ student, courseIds: implied }]),
      ]);
      courses.push(...more);
    }
    return { courses, student, offerings, record };
  }

  private async semesterOf(courseIds: readonly string[]): Promise<string | undefined> {
    for (const id of courseIds) {
      const semesterId = await this.views.semesterIdOf(id);
      if (semesterId !== undefined) return semesterId;
    }
    return undefined;
  }

  private async readNamed(
    { userId, request }: SetKeys,
    courseIds: readonly string[],
    semesterId: string,
  ): Promise<{
    seats: Seats[];
    semester: SemesterRules;
    student: StudentPlan;
    record: IdempotencyRecord | undefined;
  }> {
    const { name } = this.dynamo.tables;
    const keys: BatchKey[] = [
      { table: name('semesters'), key: { id: semesterId } },
      { table: name('student_semesters'), key: { user_id: userId, semester_id: semesterId } },
      studentKey(this.dynamo.tables, userId),
      this.records.formerKey(userId),
      ...courseIds.map((id) => ({ table: name('course_seats'), key: { course_id: id } })),
      ...courseIds.map((id) => ({ table: name('enrollments'), key: { id: enrollmentId(id, userId) } })),
      ...(request ? [{ table: name(idempotentRequestsTable.name), key: { id: request.id } }] : []),
    ];
    const [semester, studentSemester, record, former, ...rest] = await this.dynamo.batchGet<object>(keys);
    const count = courseIds.length;
    const seats = rest.slice(0, count).flatMap((item) => (item ? [seatsOf(item as SeatsItem)] : []));
    const enrollments = rest.slice(count, 2 * count).flatMap((item) => {
      return item ? [enrollmentOf(item as EnrollmentItem)] : [];
    });
    const takenOver = await this.records.takeOver(former ? [userId] : []);
    return {
      seats,
      semester: semester ? semesterOf(semester as SemesterItem) : unknownSemester(semesterId),
      student: new StudentPlan(
        studentSemesterOf(studentSemester as StudentSemesterItem | undefined, userId, semesterId),
        new Map(enrollments.map((each) => [each.courseId, each])),
        takenOver.get(userId) ?? studentRecordOf(record as StudentItem | undefined, userId),
      ),
      record: recordOf(rest[2 * count] as Record<string, unknown> | undefined, Date.now()),
    };
  }
}

const nothing = { courses: [], student: undefined, record: undefined };

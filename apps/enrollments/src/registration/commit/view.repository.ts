import { Injectable } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import { idempotentRequestsTable, recordOf } from '@registrar/idempotency';
import type { BatchKey } from '@registrar/dynamodb';
import type { IdempotencyRecord } from '@registrar/idempotency';
import { offeringsIn } from '../planning/course-plan.ts';
import type { PlannedCourse } from '../planning/course-plan.ts';
import { StudentPlan } from '../planning/student-plan.ts';
import { readingsFor } from '../rules/index.ts';
import type { Reading } from '../rules/rule.ts';
import { enrollmentId } from '../planning/transition.ts';
import type {
  EnrollmentRecord,
  Offering,
  Seats,
  SemesterRules,
  StudentSemester,
  WaitlistPlace,
} from '../../enrollment/enrollment.types.ts';
import { courseIdsOf, courseVersionsOf } from '../../enrollment/class-codes.rules.ts';
import { isCurrent, mayLack } from '../../enrollment/student-entries.rules.ts';
import { enrollmentOf, placeOf, studentSemesterOf } from '../../enrollment/store/enrollment.codec.ts';
import type {
  EnrollmentItem,
  StudentSemesterItem,
  WaitlistItem,
} from '../../enrollment/store/enrollment.codec.ts';
import { OfferingCache } from '../../enrollment/store/offering-cache.ts';
import { semesterOf } from '../../enrollment/store/offering.codec.ts';
import type { SemesterItem } from '../../enrollment/store/offering.codec.ts';
import { seatsOf } from '../../enrollment/store/seats.codec.ts';
import type { SeatsItem } from '../../enrollment/store/seats.codec.ts';
import { studentKey, studentRecordOf } from '../../enrollment/student-record/student-record.codec.ts';
import type { StudentItem } from '../../enrollment/student-record/student-record.codec.ts';
import type { StudentRecord } from '../../enrollment/student-record/student-record.types.ts';
import { StudentRecords } from '../../enrollment/student-record/student-records.ts';

/** A class as read for a commit. */
export type CourseView = PlannedCourse;

/** What is read for a group; without a course and students where there is no such course. */
export interface GroupItems {
  course: CourseView | undefined;
  students: StudentPlan[];
  /** Kept answers by the id of their request. */
  records: Map<string, IdempotencyRecord>;
}

/** One student of a commit, and the courses of the commit that it is about. */
export interface StudentKey {
  userId: string;
  courseIds: readonly string[];
  /** Id of the request for a place, where there is one. */
  requestId?: string;
}

/** What is read of students beside their semester and their record. */
interface Details {
  /** Whether all that they have completed is needed: where requirements or earned credits are judged. */
  completions: boolean;
}

/** What is read of students who are judged for a seat in this course. */
export function detailsFor(course: CourseView): Details {
  return { completions: isRead(course, 'completions') };
}

/** Whether some rule reads this to judge students for the class, under any code. */
function isRead(course: CourseView, reading: Reading): boolean {
  return offeringsIn(course).some((offering) => readingsFor({ ...course, offering }).has(reading));
}

/** A semester that the courses service has not announced is closed to everybody. */
export const unknownSemester = (id: string): SemesterRules => ({
  id,
  enrollmentOpensAt: '9999-12-31T00:00:00.000Z',
  enrollmentClosesAt: '9999-12-31T00:00:00.000Z',
  dropDeadlineAt: '9999-12-31T00:00:00.000Z',
  withdrawDeadlineAt: '9999-12-31T00:00:00.000Z',
  creditLimit: 0,
  tickets: [],
  pausedAt: null,
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
    private readonly records: StudentRecords,
  ) {}

  /** The class and the semester of a course, known for good once read; undefined where there is no such course. */
  async placeOf(courseId: string): Promise<Pick<Offering, 'classId' | 'semesterId'> | undefined> {
    return this.offerings.known(courseId) ?? (await this.offerings.atVersion(courseId, 0));
  }

  /** The class of a course, at once; undefined where it is not in memory. */
  knownClassOf(courseId: string): string | undefined {
    return this.offerings.known(courseId)?.classId;
  }

  /** The classes of courses, by their id; a course that is unknown is its own. */
  async classesOf(courseIds: readonly string[]): Promise<string[]> {
    return Promise.all(courseIds.map(async (id) => (await this.placeOf(id))?.classId ?? id));
  }

  /**
   * The class of a course, the students of its group, and the kept answers to requests of those who have, or had, a place in it:
   * they may have asked before. A kept answer to anybody else is found by the condition of its put.
   *
   * @param details what is read of the students whatever the course; completions are, where it has requirements
   */
  async read(
    courseId: string,
    students: readonly StudentKey[],
    details: Details = { completions: false },
  ): Promise<GroupItems> {
    const { name } = this.dynamo.tables;
    const place = await this.placeOf(courseId);
    if (!place) return noCourse;
    const { classId, semesterId } = place;
    const [seatsItem, semesterItem, ...studentItems] = await this.dynamo.batchGet<object>([
      { table: name('course_seats'), key: { course_id: classId } },
      { table: name('semesters'), key: { id: semesterId } },
      ...this.studentKeys(students, semesterId),
    ]);
    if (!seatsItem) return noCourse;
    const seats = seatsOf(seatsItem as SeatsItem);
    const semester = semesterItem ? semesterOf(semesterItem as SemesterItem) : unknownSemester(semesterId);
    const course = await this.viewOf(seats, semester);
    if (!course) return noCourse;
    const completions = details.completions || detailsFor(course).completions;
    const found = studentsOf(studentItems, students, semesterId);
    const keys = course.codes ? students.map((key) => ({ ...key, courseIds: courseIdsOf(seats) })) : students;
    return { course, ...(await this.detailed(found, keys, { completions })) };
  }

  /** More students of the same semester, such as those who wait. */
  async students(keys: readonly StudentKey[], semesterId: string, details: Details): Promise<StudentPlan[]> {
    if (keys.length === 0) return [];
    const items = await this.dynamo.batchGet<object>(this.studentKeys(keys, semesterId));
    return (await this.detailed(studentsOf(items, keys, semesterId), keys, details)).students;
  }

  /**
   * Current offerings of all courses that `students` have a place in, and of those that name one of `courses` as a
   * linked section; none where no rule needs them to judge students for these courses.
   */
  async offeringsOf(
    students: Iterable<StudentPlan>,
    courses: readonly CourseView[],
  ): Promise<Map<string, Offering>> {
    const [first] = courses;
    if (!first || !courses.some((course) => isRead(course, 'otherOfferings'))) return new Map();
    return this.offerings.current(otherCoursesOf(students, courses), first.semester);
  }

  /** Current offerings of all courses that `students` have a place in. */
  async ownOfferings(
    students: readonly StudentPlan[],
    semester: SemesterRules,
  ): Promise<Map<string, Offering>> {
    return students.length === 0 ? new Map() : this.offerings.current(otherCoursesOf(students, []), semester);
  }

  /** The classes of those of these courses that there are, each once, all of one semester that was read already. */
  async courses(courseIds: readonly string[], semester: SemesterRules): Promise<CourseView[]> {
    if (courseIds.length === 0) return [];
    const classIds = new Set(await this.classesOf(courseIds));
    const items = await this.dynamo.getAll<SeatsItem>(
      'course_seats',
      Array.from(classIds, (id) => ({ course_id: id })),
    );
    const views = items.map((item) => this.viewOf(seatsOf(item), semester));
    return (await Promise.all(views)).flatMap((view) => view ?? []);
  }

  /** The class with the offerings that its seats are of, read where memory is behind. */
  private async viewOf(seats: Seats, semester: SemesterRules): Promise<CourseView | undefined> {
    const versions = courseVersionsOf(seats);
    const read = versions.map(([id, version]) => this.offerings.atVersion(id, version));
    const [offering, ...codes] = await Promise.all(read);
    if (!offering) return undefined;
    if (versions.length === 1) return { seats, offering, semester };
    const known = codes.flatMap((code) => (code ? [[code.courseId, code] as const] : []));
    return { seats, offering, semester, codes: new Map(known) };
  }

  /** Has students know their enrollments in these courses. */
  async learn(of: readonly { student: StudentPlan; courseIds: readonly string[] }[]): Promise<void> {
    const ids = of.flatMap(({ student: { userId }, courseIds }) => {
      return courseIds.map((courseId) => ({ id: enrollmentId(courseId, userId) }));
    });
    const items = await this.dynamo.getAll<EnrollmentItem>('enrollments', ids);
    const records = Map.groupBy(items.map(enrollmentOf), ({ userId }) => userId);
    for (const { student } of of) student.learn(records.get(student.userId) ?? []);
  }

  /**
   * The first `limit` places of a waitlist that are still to be judged, in order, and whether it ends with them. None
   * where it ends with other places than the seats count: one of both was read in the middle of a commit.
   */
  async waiting(
    { courseId, waitlistedCount, promotion }: Seats,
    limit: number,
  ): Promise<{ places: WaitlistPlace[]; isWhole: boolean }> {
    const { after, kept } = promotion ?? { after: 0, kept: 0 };
    const { items, next } = await this.dynamo.query<WaitlistItem>({
      TableName: this.dynamo.tables.name('waitlist'),
      KeyConditionExpression: 'course_id = :course AND ticket > :after',
      ExpressionAttributeValues: { ':course': courseId, ':after': after },
      ConsistentRead: true,
      Limit: limit,
    });
    const isWhole = next === undefined;
    if (isWhole && items.length !== waitlistedCount - kept) return { places: [], isWhole: false };
    return { places: items.map(placeOf), isWhole };
  }

  /** The waiting places of single tickets. */
  async placesOf(courseId: string, tickets: readonly number[]): Promise<WaitlistPlace[]> {
    const keys = tickets.map((ticket) => ({ course_id: courseId, ticket }));
    return (await this.dynamo.getAll<WaitlistItem>('waitlist', keys)).map(placeOf);
  }

  /**
   * Adds what there is beside the semesters: these name the enrollments of their student, all but the oldest of those
   * that ended.
   */
  private async detailed(
    found: readonly FoundStudent[],
    keys: readonly StudentKey[],
    { completions }: Details,
  ): Promise<Pick<GroupItems, 'students' | 'records'>> {
    const parts = found.map((student, at) => {
      const ids = enrollmentIdsOf(student.semester, keys[at]?.courseIds ?? []);
      return { ...student, ids, requestId: ids.length > 0 ? keys[at]?.requestId : undefined };
    });
    const { name } = this.dynamo.tables;
    const asked = parts.flatMap(({ semester: { userId }, ids, requestId }): BatchKey[] => [
      ...(completions ? [this.records.formerKey(userId)] : []),
      ...ids.map((id) => ({ table: name('enrollments'), key: { id } })),
      ...(requestId !== undefined
        ? [{ table: name(idempotentRequestsTable.name), key: { id: requestId } }]
        : []),
    ]);
    const items = (await this.dynamo.batchGet<object>(asked)).values();
    const next = () => items.next().value as object | undefined;
    const records = new Map<string, IdempotencyRecord>();
    const former: string[] = [];
    const students = parts.map(({ semester, record, ids, requestId }) => {
      if (completions && next() !== undefined) former.push(semester.userId);
      const enrollments = ids.flatMap(() => enrollmentsOf(next() as EnrollmentItem | undefined));
      if (requestId !== undefined) {
        const kept = recordOf(next() as Record<string, unknown> | undefined, Date.now());
        if (kept) records.set(requestId, kept);
      }
      return { semester, record, enrollments: new Map(enrollments) };
    });
    const takenOver = await this.records.takeOver(former);
    const plans = students.map(({ semester, record, enrollments }) => {
      return new StudentPlan(semester, enrollments, takenOver.get(semester.userId) ?? record);
    });
    return { students: plans, records };
  }

  /** The semester and the record of each student. */
  private studentKeys(students: readonly StudentKey[], semesterId: string): BatchKey[] {
    const table = this.dynamo.tables.name('student_semesters');
    return students.flatMap(({ userId }) => [
      { table, key: { user_id: userId, semester_id: semesterId } },
      studentKey(this.dynamo.tables, userId),
    ]);
  }
}

/** Other courses that decisions about `courses` look at: those that students have a place in, and those that name one of these. */
export function otherCoursesOf(
  students: Iterable<StudentPlan>,
  courses: readonly Pick<CourseView, 'seats'>[],
): string[] {
  const own = [...students].flatMap(({ entries }) =>
    entries.filter(isCurrent).map(({ courseId }) => courseId),
  );
  return [...own, ...courses.flatMap(({ seats }) => seats.linkedFrom)];
}

const noCourse: GroupItems = { course: undefined, students: [], records: new Map() };

/** A student as the first read finds them. */
interface FoundStudent {
  semester: StudentSemester;
  record: StudentRecord;
}

function studentsOf(
  items: readonly (object | undefined)[],
  keys: readonly StudentKey[],
  semesterId: string,
): FoundStudent[] {
  return keys.map(({ userId }, at) => ({
    semester: studentSemesterOf(items[2 * at] as StudentSemesterItem | undefined, userId, semesterId),
    record: studentRecordOf(items[2 * at + 1] as StudentItem | undefined, userId),
  }));
}

/** Ids of the enrollments that a student may have, or have had, in `courseIds`. */
function enrollmentIdsOf({ userId, entries }: StudentSemester, courseIds: readonly string[]): string[] {
  if (mayLack(entries)) return courseIds.map((courseId) => enrollmentId(courseId, userId));
  return entries.flatMap((entry) => (courseIds.includes(entry.courseId) ? [entry.enrollmentId] : []));
}

function enrollmentsOf(item: EnrollmentItem | undefined): [courseId: string, EnrollmentRecord][] {
  const record = item && enrollmentOf(item);
  return record ? [[record.courseId, record]] : [];
}

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
export type SetKeys = Pick<ChangeSet, 'userId' | 'add' | 'drop'> &
  Partial<Pick<ChangeSet, 'mode' | 'request'>>;

/** A set and the semester of its courses. */
interface NamedSet {
  set: SetKeys;
  semesterId: string;
}

/** What sets have in common. */
interface SharedItems {
  seats: ReadonlyMap<string, Seats>;
  semesters: ReadonlyMap<string, SemesterRules>;
}

/** What is of one set alone. */
interface OwnItems extends NamedSet {
  student: StudentPlan;
  record: IdempotencyRecord | undefined;
}

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

  /** Reads for one set. */
  async read(set: SetKeys): Promise<SetReading> {
    const [reading] = await this.readAll([set]);
    if (!reading?.student) return { ...nothing, offerings: new Map() };
    const { student, offerings, courses } = reading;
    const [named] = courses;
    const implied = impliedBy(set, student, (id) => offerings.get(id));
    const missing = implied.filter((id) => !courses.some(({ seats }) => seats.courseId === id));
    if (!named || missing.length === 0) return reading;
    const [more] = await Promise.all([
      this.views.courses(missing, named.semester),
      this.views.learn([{ student, courseIds: missing }]),
    ]);
    return { ...reading, courses: [...courses, ...more] };
  }

  /**
   * Reads for sets of different students together, what is given up with them apart. A course that several of them name
   * is the same view for all.
   */
  async readAll(sets: readonly SetKeys[]): Promise<SetReading[]> {
    const semesterIds = await Promise.all(sets.map((set) => this.semesterOf(coursesOf(set))));
    const { shared, own } = await this.readNamed(
      sets.flatMap((set, at) => {
        const semesterId = semesterIds[at];
        return semesterId === undefined ? [] : [{ set, semesterId }];
      }),
    );
    const views = new Map<string, CourseView>();
    const readings = own.map(async ({ set, semesterId, student, record }): Promise<SetReading> => {
      const semester = shared.semesters.get(semesterId) ?? unknownSemester(semesterId);
      const seats = coursesOf(set).flatMap((id) => shared.seats.get(id) ?? []);
      const known = seats.map((each) => ({ seats: each, semester }));
      const versions = new Map(seats.map(({ courseId, courseVersion }) => [courseId, courseVersion]));
      const offerings = await this.cache.current(otherCoursesOf([student], known), semester, versions);
      const courses = known.flatMap((each) => {
        const { courseId } = each.seats;
        const offering = offerings.get(courseId);
        const view = views.get(courseId) ?? (offering && { ...each, offering });
        if (view) views.set(courseId, view);
        return view ?? [];
      });
      return { courses, student, offerings, record };
    });
    const found = (await Promise.all(readings)).values();
    const none = () => ({ ...nothing, offerings: new Map<string, Offering>() });
    return semesterIds.map((id) => (id === undefined ? none() : (found.next().value ?? none())));
  }

  private async semesterOf(courseIds: readonly string[]): Promise<string | undefined> {
    for (const id of courseIds) {
      const semesterId = await this.views.semesterIdOf(id);
      if (semesterId !== undefined) return semesterId;
    }
    return undefined;
  }

  private async readNamed(sets: readonly NamedSet[]): Promise<{ shared: SharedItems; own: OwnItems[] }> {
    const { name } = this.dynamo.tables;
    const courseIds = [...new Set(sets.flatMap(({ set }) => coursesOf(set)))];
    const semesterIds = [...new Set(sets.map(({ semesterId }) => semesterId))];
    const found = await this.dynamo.batchGet<object>([
      ...courseIds.map((id) => ({ table: name('course_seats'), key: { course_id: id } })),
      ...semesterIds.map((id) => ({ table: name('semesters'), key: { id } })),
      ...sets.flatMap((each) => this.ownKeys(each)),
    ]);
    const items = found.values();
    const next = () => items.next().value as object | undefined;
    const seats = new Map(courseIds.flatMap((id) => itemOf(id, next() as SeatsItem | undefined, seatsOf)));
    const semesters = new Map(
      semesterIds.flatMap((id) => itemOf(id, next() as SemesterItem | undefined, semesterOf)),
    );
    const former: string[] = [];
    const parts = sets.map((each) => {
      const studentSemester = next() as StudentSemesterItem | undefined;
      const student = next() as StudentItem | undefined;
      if (next() !== undefined) former.push(each.set.userId);
      const enrollments = coursesOf(each.set).flatMap((id) => {
        return itemOf(id, next() as EnrollmentItem | undefined, enrollmentOf);
      });
      const record = each.set.request && recordOf(next() as Record<string, unknown> | undefined, Date.now());
      return { ...each, studentSemester, record, enrollments: new Map(enrollments), item: student };
    });
    const takenOver = await this.records.takeOver(former);
    const own = parts.map(({ set, semesterId, studentSemester, record, enrollments, item }) => {
      const { userId } = set;
      const before = studentSemesterOf(studentSemester, userId, semesterId);
      const student = new StudentPlan(
        before,
        enrollments,
        takenOver.get(userId) ?? studentRecordOf(item, userId),
      );
      return { set, semesterId, student, record };
    });
    return { shared: { seats, semesters }, own };
  }

  private ownKeys({ set: { userId, request, ...set }, semesterId }: NamedSet): BatchKey[] {
    const { name } = this.dynamo.tables;
    return [
      { table: name('student_semesters'), key: { user_id: userId, semester_id: semesterId } },
      studentKey(this.dynamo.tables, userId),
      this.records.formerKey(userId),
      ...coursesOf(set).map((id) => ({ table: name('enrollments'), key: { id: enrollmentId(id, userId) } })),
      ...(request ? [{ table: name(idempotentRequestsTable.name), key: { id: request.id } }] : []),
    ];
  }
}

function itemOf<Item, Value>(
  id: string,
  item: Item | undefined,
  valueOf: (item: Item) => Value,
): [string, Value][] {
  return item === undefined ? [] : [[id, valueOf(item)]];
}

const nothing = { courses: [], student: undefined, record: undefined };

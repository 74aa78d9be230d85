import { Injectable } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import type { BatchKey } from '@registrar/dynamodb';
import { idempotentRequestsTable, recordOf } from '@registrar/idempotency';
import type { IdempotencyRecord } from '@registrar/idempotency';
import { courseIdsOf, courseVersionsOf } from '../../enrollment/class-codes.rules.ts';
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
  /** The classes of the courses that it names, and of those that are given up with them. */
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

/** A set, the semester of its courses, and their classes, each once. */
interface NamedSet {
  set: SetKeys;
  semesterId: string;
  classIds: string[];
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
    const unread = implied.filter((id) => !student.enrollmentIn(id));
    if (!named || unread.length === 0) return reading;
    const known = new Set(courses.flatMap(({ seats }) => courseIdsOf(seats)));
    const [more] = await Promise.all([
      this.views.courses(
        unread.filter((id) => !known.has(id)),
        named.semester,
      ),
      this.views.learn([{ student, courseIds: unread }]),
    ]);
    return { ...reading, courses: [...courses, ...more] };
  }

  /**
   * Reads for sets of different students together, what is given up with them apart. A course that several of them name
   * is the same view for all.
   */
  async readAll(sets: readonly SetKeys[]): Promise<SetReading[]> {
    const named = await Promise.all(sets.map((set) => this.named(set)));
    const { shared, own } = await this.readNamed(named.flatMap((each) => each ?? []));
    const views = new Map<string, CourseView>();
    const readings = own.map(async ({ semesterId, classIds, student, record }): Promise<SetReading> => {
      const semester = shared.semesters.get(semesterId) ?? unknownSemester(semesterId);
      const seats = classIds.flatMap((id) => shared.seats.get(id) ?? []);
      const known = seats.map((each) => ({ seats: each, semester }));
      const versions = new Map(seats.flatMap(courseVersionsOf));
      const offerings = await this.cache.current(otherCoursesOf([student], known), semester, versions);
      const courses = known.flatMap((each) => {
        const view = views.get(each.seats.courseId) ?? viewOf(each, offerings);
        if (view) views.set(each.seats.courseId, view);
        return view ?? [];
      });
      return { courses, student, offerings, record };
    });
    const found = (await Promise.all(readings)).values();
    const none = () => ({ ...nothing, offerings: new Map<string, Offering>() });
    return named.map((each) => (each ? (found.next().value ?? none()) : none()));
  }

  /** Undefined where none of the courses is known. */
  private async named(set: SetKeys): Promise<NamedSet | undefined> {
    const ids = coursesOf(set);
    const places = await Promise.all(ids.map((id) => this.views.placeOf(id)));
    const semesterId = places.find((place) => place !== undefined)?.semesterId;
    const classIds = [...new Set(ids.map((id, at) => places[at]?.classId ?? id))];
    return semesterId === undefined ? undefined : { set, semesterId, classIds };
  }

  private async readNamed(sets: readonly NamedSet[]): Promise<{ shared: SharedItems; own: OwnItems[] }> {
    if (sets.length === 0) return { shared: { seats: new Map(), semesters: new Map() }, own: [] };
    const { name } = this.dynamo.tables;
    const classIds = [...new Set(sets.flatMap((each) => each.classIds))];
    const semesterIds = [...new Set(sets.map(({ semesterId }) => semesterId))];
    const found = await this.dynamo.batchGet<object>([
      ...classIds.map((id) => ({ table: name('course_seats'), key: { course_id: id } })),
      ...semesterIds.map((id) => ({ table: name('semesters'), key: { id } })),
      ...sets.flatMap((each) => this.ownKeys(each)),
    ]);
    const items = found.values();
    const next = () => items.next().value as object | undefined;
    const seats = new Map(classIds.flatMap((id) => itemOf(id, next() as SeatsItem | undefined, seatsOf)));
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
    const own = parts.map(({ studentSemester, enrollments, item, ...named }) => {
      const { semesterId } = named;
      const { userId } = named.set;
      const before = studentSemesterOf(studentSemester, userId, semesterId);
      const student = new StudentPlan(
        before,
        enrollments,
        takenOver.get(userId) ?? studentRecordOf(item, userId),
      );
      return { ...named, student };
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

/** A class as read; undefined where its offering is not there. */
function viewOf(
  { seats, semester }: Omit<CourseView, 'offering'>,
  offerings: ReadonlyMap<string, Offering>,
): CourseView | undefined {
  const offering = offerings.get(seats.courseId);
  if (!offering) return undefined;
  const codes = Object.keys(seats.codes).flatMap((id) => {
    const code = offerings.get(id);
    return code ? [[id, code] as const] : [];
  });
  return { seats, offering, semester, ...(codes.length > 0 && { codes: new Map(codes) }) };
}

const nothing = { courses: [], student: undefined, record: undefined };

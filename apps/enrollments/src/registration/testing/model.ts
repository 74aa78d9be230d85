import type { Tables, TransactAction } from '@registrar/dynamodb';
import { commitActions } from '../commit/commit-actions.ts';
import type { StudentRecord } from '../../enrollment/student-record/student-record.types.ts';
import { CoursePlan } from '../planning/course-plan.ts';
import type { PlannedEvent } from '../planning/course-plan.ts';
import { requestOf } from '../planning/commands.ts';
import type { Command } from '../planning/commands.ts';
import { planGroup } from '../planning/group-plan.ts';
import type { Judged } from '../planning/group-plan.ts';
import { StudentPlan } from '../planning/student-plan.ts';
import { courseIdsOf } from '../../enrollment/class-codes.rules.ts';
import { campus, recordOf } from '../../enrollment/testing/builders.ts';
import type {
  EnrollmentRecord,
  Offering,
  Seats,
  SemesterRules,
  StudentSemester,
  WaitlistPlace,
} from '../../enrollment/enrollment.types.ts';

const none = { actions: [] };
const plainNames: Tables = { definitions: [], name: (table) => table };

/** The tables as plain maps: commits of plans without a store, for tests of the rules over long histories. */
export class ModelStore {
  readonly seats = new Map<string, Seats>();
  readonly enrollments = new Map<string, EnrollmentRecord>();
  readonly students = new Map<string, StudentSemester>();
  readonly records = new Map<string, StudentRecord>();
  readonly waitlist = new Map<string, WaitlistPlace[]>();
  readonly events: PlannedEvent[] = [];
  private commits = 0;

  constructor(
    readonly offerings: ReadonlyMap<string, Offering>,
    readonly semester: SemesterRules,
  ) {}

  /** Commits a group of commands of one class; judges `limit` waiting students at most, as the reader does. */
  commit(courseId: string, commands: Command[], now: string, limit = 20): Judged[] {
    return this.begin(courseId, commands, now, limit)();
  }

  /**
   * Reads and decides, as an instance that is held before its transaction; the returned function sends it. Where a
   * condition does not hold by then, all is read and decided again.
   */
  begin(courseId: string, commands: Command[], now: string, limit: number): () => Judged[] {
    const seats = this.seats.get(courseId);
    const offering = this.offerings.get(courseId);
    if (!seats || !offering) throw new Error('no such course');
    const codes = Object.keys(seats.codes).flatMap((id) => this.offerings.get(id) ?? []);
    const course = new CoursePlan(seats, offering, this.semester, codes);
    const waiting = (this.waitlist.get(courseId) ?? []).filter(
      ({ ticket }) => ticket > (seats.promotion?.after ?? 0),
    );
    const places = waiting.slice(0, limit);
    const ending = [...this.enrollments.values()]
      .filter((record) => record.classId === courseId)
      .map(({ userId }) => userId);
    const userIds = new Set([
      ...commands.flatMap((command) => ('userId' in command ? [command.userId] : [])),
      ...places.map(({ userId }) => userId),
      ...ending,
    ]);
    const courseIds = courseIdsOf(seats);
    const students = new Map([...userIds].map((userId) => [userId, this.planOf(userId, courseIds)]));
    const reconsidered = new Map((this.waitlist.get(courseId) ?? []).map((place) => [place.userId, place]));
    const head = {
      places,
      isWhole: places.length === waiting.length,
      students,
      offerings: this.offerings,
      others: new Map<string, CoursePlan>(),
    };
    const view = { course, students, head, places: reconsidered, ending, now, campus };
    const plan = planGroup(view, commands, (command) => requestOf(command) !== undefined);
    const [{ commits }, moment] = [this, { nowMs: Date.parse(now) }];
    return () => {
      const isFirst = commits === this.commits;
      const { actions } = isFirst ? none : commitActions(plainNames, [course], students.values(), moment);
      if (!actions.every(({ action }) => this.holds(action)))
        return this.commit(courseId, commands, now, limit);
      this.commits += 1;
      this.take(course, [...students.values()]);
      const rest = plan.left.length > 0 ? this.commit(courseId, plan.left, now, limit) : [];
      return [...plan.judged, ...rest];
    };
  }

  /** Whether the item that an action is conditional on still has the version that was read. */
  private holds({ Put, ConditionCheck }: TransactAction): boolean {
    const { TableName, ConditionExpression, ExpressionAttributeValues } = ConditionCheck ?? Put ?? {};
    if (TableName === 'outbox' || ConditionExpression === undefined) return true;
    const version = this.versionOf(String(TableName), ConditionCheck?.Key ?? Put?.Item ?? {});
    return version === (ExpressionAttributeValues?.[':version'] ?? 0);
  }

  private versionOf(table: string, item: Record<string, unknown>): number {
    const [courseId, userId] = [String(item['course_id']), String(item['user_id'])];
    const codeId = String(item['code_course_id'] ?? courseId);
    if (table === 'course_seats') return this.seats.get(courseId)?.version ?? 0;
    if (table === 'students') return this.records.get(userId)?.revision ?? 0;
    if (table === 'student_semesters') return this.students.get(userId)?.version ?? 0;
    return this.enrollments.get(`${codeId} ${userId}`)?.version ?? 0;
  }

  private planOf(userId: string, courseIds: readonly string[]): StudentPlan {
    const empty = { userId, semesterId: this.semester.id, version: 0, entries: [], retryDue: false };
    const enrollments = courseIds.flatMap((courseId) => {
      const record = this.enrollments.get(`${courseId} ${userId}`);
      return record ? [[courseId, record] as const] : [];
    });
    return new StudentPlan(
      this.students.get(userId) ?? empty,
      new Map(enrollments),
      this.records.get(userId) ?? recordOf(userId),
    );
  }

  private take(course: CoursePlan, students: StudentPlan[]): void {
    const { courseId } = course.offering;
    if (course.isChanged) this.seats.set(courseId, course.classSeats);
    this.events.push(...course.events);
    const places = new Map((this.waitlist.get(courseId) ?? []).map((place) => [place.ticket, place]));
    for (const change of course.places) {
      if (change.kind === 'remove') places.delete(change.ticket);
      else places.set(change.place.ticket, change.place);
    }
    this.waitlist.set(
      courseId,
      [...places.values()].sort((a, b) => a.ticket - b.ticket),
    );
    for (const student of students) {
      if (student.changes.length === 0) continue;
      this.students.set(student.userId, { ...student.now, retryDue: student.retryDue });
      for (const { now } of student.changes) this.enrollments.set(`${now.courseId} ${now.userId}`, now);
      if (!student.isRecordChanged) continue;
      const { record } = student;
      this.records.set(student.userId, { ...record, revision: record.revision + 1 });
    }
  }
}

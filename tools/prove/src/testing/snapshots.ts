import { courseTopic } from '@registrar/contracts-courses';
import type { CourseState } from '@registrar/contracts-courses';
import { enrollmentTopic } from '@registrar/contracts-enrollments';
import type {
  EnrollmentChange,
  EnrollmentEventData,
  EnrollmentStatus,
} from '@registrar/contracts-enrollments';
import type { Asked, Attempt, Intent } from '../workload/journal.ts';
import { factsOf } from '../snapshot/facts.ts';
import type { EnrollmentRow, Fact, StudentRow, TopicCopy, Snapshot } from '../snapshot/snapshot.ts';

/** What happened to one student in one course, as a test states it. */
export interface Step {
  readonly change: EnrollmentChange;
  readonly user: string;
  readonly course?: string;
  readonly override?: readonly string[];
  readonly actorRole?: string;
  /** Put over the event's data as it would be. */
  readonly data?: Partial<EnrollmentEventData>;
}

const statusAfter: Readonly<Record<EnrollmentChange, EnrollmentStatus>> = {
  enrolled: 'enrolled',
  waitlisted: 'waitlisted',
  promoted: 'enrolled',
  'passed-over': 'waitlisted',
  dropped: 'dropped',
  withdrawn: 'withdrawn',
  cancelled: 'cancelled',
  completed: 'completed',
};

/** Capacity of every course that a test does not say more about. */
export const seatsPerCourse = 2;
const start = Date.parse('2027-01-15T12:00:00.000Z');

/** What a system does with these steps, kept in plain maps. */
class Model {
  readonly copies: TopicCopy[] = [];
  readonly rows = new Map<string, EnrollmentRow>();
  readonly students = new Map<string, StudentRow>();
  readonly sequences = new Map<string, number>();
  private tickets = 0;

  applyStep({ change, user, course = 'c1', override = [], actorRole, data = {} }: Step): void {
    const id = `enr_${course}_${user}`;
    const before = this.rows.get(id);
    const at = new Date(start + this.copies.length * 1_000).toISOString();
    const sequence = (this.sequences.get(course) ?? 0) + 1;
    this.sequences.set(course, sequence);
    const status = statusAfter[change];
    const isOwed = change === 'promoted' || change === 'passed-over';
    const role = actorRole ?? (isOwed ? 'system' : 'student');
    const actorId = role === 'student' ? user : role;
    const entry = {
      at,
      action: change.replace('-', '_'),
      actorId,
      actorRole: role,
      status,
      reason: null,
      override: [...override],
    };
    const isTakenUp = change === 'enrolled' || change === 'waitlisted';
    const row: EnrollmentRow = {
      id,
      userId: user,
      courseId: course,
      courseCode: course.toUpperCase(),
      credits: 3,
      status,
      ticket: status === 'waitlisted' ? (before?.ticket ?? ++this.tickets) : null,
      enrolledAt: isTakenUp || !before ? at : before.enrolledAt,
      version: (before?.version ?? 0) + 1,
      history: [...(before?.history ?? []), entry],
    };
    this.rows.set(id, row);
    const student = this.students.get(user) ?? { userId: user, version: 0, entries: [] };
    const entryRow = {
      enrollmentId: id,
      courseId: course,
      code: row.courseCode,
      credits: 3,
      status,
      version: row.version,
    };
    const studentVersion = student.version + 1;
    this.students.set(user, {
      userId: user,
      version: studentVersion,
      entries: [...student.entries.filter(({ courseId }) => courseId !== course), entryRow],
    });
    this.publish(change, course, {
      enrollment: {
        ...viewOf(row),
        semesterId: 'proof',
        courseTitle: course,
        waitlistPosition: null,
        updatedAt: at,
      },
      course: { section: '1', meetings: [] },
      counts: this.countsOf(course),
      sequence,
      studentVersion,
      actorId,
      actorRole: role,
      reason: null,
      override: [...override],
      occurredAt: at,
      ...data,
    });
  }

  countsOf(course: string): EnrollmentEventData['counts'] {
    const own = [...this.rows.values()].filter(({ courseId }) => courseId === course);
    const enrolledCount = own.filter(({ status }) => status === 'enrolled' || status === 'completed').length;
    const waitlistedCount = own.filter(({ status }) => status === 'waitlisted').length;
    const seatsAvailable = Math.max(0, seatsPerCourse - enrolledCount);
    return { capacity: seatsPerCourse, enrolledCount, waitlistedCount, seatsAvailable };
  }

  private publish(change: EnrollmentChange, key: string, data: EnrollmentEventData): void {
    const id = `evt_${this.copies.length + 1}`;
    const type = `registrar.enrollments.enrollment.${change}`;
    const copy = {
      topic: enrollmentTopic.name,
      partition: 0,
      offset: this.copies.length,
      key,
      id,
      type,
      data,
    };
    this.copies.push({ ...copy, value: JSON.stringify(copy) });
  }
}

function viewOf({ id, userId, courseId, courseCode, credits, status, enrolledAt, version }: EnrollmentRow) {
  return { id, userId, courseId, courseCode, credits, status, enrolledAt, version };
}

/** The snapshot after these steps, in which nothing is wrong beyond what they are; `c1`, `c2`, ... are courses. */
export function snapshotOf(steps: readonly Step[], change: Partial<Snapshot> = {}): Snapshot {
  const model = new Model();
  for (const step of steps) model.applyStep(step);
  const ids = [...new Set(['c1', ...model.sequences.keys()])];
  const courses = new Map(ids.map((id) => [id, courseOf(id)]));
  const copies = [...model.copies, ...[...courses.values()].map(courseCopy)];
  const facts = factsOf(copies);
  const rows = [...model.rows.values()];
  const snapshot: Snapshot = {
    creditLimit: 12,
    courses,
    offerings: new Map(
      ids.map((courseId) => [
        courseId,
        { courseId, code: courseId.toUpperCase(), credits: 3, version: 1, meetings: [] },
      ]),
    ),
    seats: new Map(ids.map((id) => [id, seatsOf(id, model)])),
    enrollments: model.rows,
    places: rows.flatMap(({ ticket, courseId, userId }) =>
      ticket === null ? [] : [{ courseId, ticket, userId }],
    ),
    students: model.students,
    copies,
    facts,
    notices: noticesOf(facts),
    mails: noticesOf(facts).map(({ id, userId }) => ({
      messageId: `<${id}@registrar.example>`,
      to: `${userId}@students.registrar.example`,
    })),
    mailOf: new Map(rows.map(({ userId }) => [userId, `${userId}@students.registrar.example`])),
    intents: intentsOf(facts),
    looks: [],
    ownShown: ownOf(rows),
    coursesShown: ids.map((courseId) => ({
      courseId,
      via: 'gateway',
      status: 'open',
      version: 1,
      ...model.countsOf(courseId),
    })),
    backlog: { 'events unpublished': 0 },
  };
  return { ...snapshot, ...change };
}

function courseOf(id: string): CourseState {
  const at = new Date(start).toISOString();
  return {
    id,
    semesterId: 'proof',
    departmentId: 'PROOF',
    code: id.toUpperCase(),
    section: '1',
    title: id,
    description: '',
    credits: 3,
    instructorIds: [],
    capacity: seatsPerCourse,
    waitlistCapacity: 5,
    meetings: [],
    prerequisites: [],
    status: 'open',
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
}

function courseCopy(course: CourseState, index: number): TopicCopy {
  const copy = {
    topic: courseTopic.name,
    partition: 0,
    offset: index,
    key: course.id,
    id: `evt_${course.id}`,
    type: 'registrar.courses.course.created',
    data: { course, actorId: 'registrar' },
  };
  return { ...copy, value: JSON.stringify(copy) };
}

function seatsOf(courseId: string, model: Model) {
  const { enrolledCount, waitlistedCount } = model.countsOf(courseId);
  const completedCount = [...model.rows.values()].filter(
    (row) => row.courseId === courseId && row.status === 'completed',
  ).length;
  const kept = { status: 'open', capacity: seatsPerCourse, waitlistCapacity: 5, courseVersion: 1 };
  return {
    courseId,
    ...kept,
    enrolledCount,
    completedCount,
    waitlistedCount,
    sequence: model.sequences.get(courseId) ?? 0,
  };
}

function noticesOf(facts: ReadonlyMap<string, readonly Fact[]>): Snapshot['notices'] {
  return [...facts.values()]
    .flat()
    .filter(({ change }) => change !== 'completed')
    .map(({ id, change, data }) => ({
      id: id.replace('evt', 'ntf'),
      kind: change.replace('-', '_'),
      eventId: id,
      userId: data.enrollment.userId,
      mailStatus: 'sent',
      mailAttempts: 1,
    }));
}

/** Each change that somebody asked for, as that person was answered. */
function intentsOf(facts: ReadonlyMap<string, readonly Fact[]>): Intent[] {
  return [...facts.values()]
    .flat()
    .filter(({ data }) => data.actorRole !== 'system')
    .map(({ data, change }, index) => {
      const { id: enrollmentId, userId, courseId } = data.enrollment;
      const isEnroll = change === 'enrolled' || change === 'waitlisted';
      const asked: Asked = isEnroll
        ? { kind: 'enroll', userId, courseId, joinWaitlist: true, actorId: data.actorId, override: [] }
        : { kind: change === 'completed' ? 'complete' : 'drop', userId, actorId: data.actorId, enrollmentId };
      return intent(
        asked,
        [attempt(isEnroll ? 201 : 200, data.enrollment, { at: Date.parse(data.occurredAt) })],
        index + 1,
      );
    });
}

function ownOf(rows: readonly EnrollmentRow[]): Snapshot['ownShown'] {
  const ranked = (row: EnrollmentRow) =>
    row.ticket === null
      ? null
      : rows.filter(
          ({ courseId, ticket }) =>
            courseId === row.courseId && ticket !== null && ticket <= (row.ticket ?? 0),
        ).length;
  return [...Map.groupBy(rows, ({ userId }) => userId)].map(([userId, own]) => ({
    userId,
    via: 'enrollments 1',
    status: 200,
    items: own.map((row) => ({ ...viewOf(row), waitlistPosition: ranked(row) })),
  }));
}

/** A request with its attempts; keyed where such requests are. */
export function intent(asked: Asked, attempts: Attempt[], id = 1): Intent {
  const isKeyed = asked.kind === 'enroll' || asked.kind === 'swap';
  return { id, key: isKeyed ? `key_${id}` : undefined, ifMatch: undefined, asked, attempts };
}

/** An attempt and what it was told. */
export function attempt(status: number, body: Attempt['body'] = {}, change: Partial<Attempt> = {}): Attempt {
  const at = change.at ?? start;
  return { at, doneAt: at + 10, via: 'gateway', status, replayed: false, body, ...change };
}

/** An event of a snapshot once more on its topic, changed or as it is. */
export function copyOf(snapshot: Snapshot, index: number, change: Partial<TopicCopy> = {}): TopicCopy {
  const original = snapshot.copies[index];
  if (!original) throw new RangeError(`There is no event ${index}.`);
  return { ...original, offset: snapshot.copies.length, ...change };
}

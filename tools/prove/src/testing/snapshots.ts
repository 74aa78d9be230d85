import { courseTopic } from '@registrar/contracts-courses';
import type { CourseState } from '@registrar/contracts-courses';
import { enrollmentTopic } from '@registrar/contracts-enrollments';
import type {
  EnrollmentChange,
  EnrollmentEventData,
  EnrollmentStatus,
} from '@registrar/contracts-enrollments';
import type { Asked, Attempt, Intent } from '../workload/journal.ts';
import { takenOf } from '../invariants/reservations.rules.ts';
import { factsOf } from '../snapshot/facts.ts';
import type { EnrollmentRow, Fact, SeatsRow, Snapshot, StudentRow, TopicCopy } from '../snapshot/snapshot.ts';

/** What happened to one student in one course, as a test states it. */
export interface Step {
  readonly change: EnrollmentChange;
  readonly user: string;
  readonly course?: string;
  readonly override?: readonly string[];
  readonly actorRole?: string;
  readonly permitId?: string;
  /** Of the seat, or of the place that waits. */
  readonly place?: Partial<Pick<EnrollmentRow, 'reservation' | 'dropOnPromotion'>>;
  /** In one commit with the student's step before. */
  readonly together?: boolean;
  /** Replaces parts of the event's data. */
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

/** Capacity of every course. */
const seatsPerCourse = 2;
const start = Date.parse('2027-01-15T12:00:00.000Z');

/** Classes by the ids of the courses that are other codes for them. */
type Classes = Readonly<Record<string, string>>;

function countedIn(rows: readonly EnrollmentRow[]) {
  const countOf = (...statuses: EnrollmentStatus[]) =>
    rows.filter(({ status }) => statuses.includes(status)).length;
  return {
    enrolledCount: countOf('enrolled', 'completed'),
    completedCount: countOf('completed'),
    waitlistedCount: countOf('waitlisted'),
  };
}

/** What a system does with these steps, kept in plain maps. */
class Model {
  readonly copies: TopicCopy[] = [];
  readonly rows = new Map<string, EnrollmentRow>();
  readonly students = new Map<string, StudentRow>();
  readonly sequences = new Map<string, number>();
  private tickets = 0;
  private readonly classes: Classes;

  constructor(classes: Classes) {
    this.classes = classes;
  }

  classOf(course: string): string {
    return this.classes[course] ?? course;
  }

  applyStep(step: Step): void {
    const { change, user, course = 'c1', override = [], permitId = null, actorRole, data = {} } = step;
    const isOwed = change === 'promoted' || change === 'passed-over';
    const role = actorRole ?? (isOwed ? 'system' : 'student');
    const entry = {
      at: new Date(start + this.copies.length * 1_000).toISOString(),
      action: change.replace('-', '_'),
      actorId: role === 'student' ? user : role,
      actorRole: role,
      status: statusAfter[change],
      reason: null,
      override: [...override],
      permitId,
    };
    const row = this.store(step, course, entry);
    const classId = this.classOf(course);
    const sequence = (this.sequences.get(classId) ?? 0) + 1;
    this.sequences.set(classId, sequence);
    const { at, action: _, status: __, permitId: ___, ...by } = entry;
    const more = { semesterId: 'proof', courseTitle: course, waitlistPosition: null, updatedAt: at };
    const event: EnrollmentEventData = {
      enrollment: { ...viewOf(row), ...more },
      course: { section: '1', meetings: [] },
      ...(classId !== course && { classId }),
      counts: this.countsOf(classId),
      sequence,
      studentVersion: this.students.get(user)?.version ?? 0,
      occurredAt: at,
      ...by,
      ...data,
    };
    const id = `evt_${this.copies.length + 1}`;
    const type = `registrar.enrollments.enrollment.${change}`;
    const copy = { topic: enrollmentTopic.name, key: classId, id, type, data: event };
    this.copies.push(copyAt(this.copies.length, copy));
  }

  countsOf(course: string) {
    const own = [...this.rows.values()].filter(({ classId }) => classId === course);
    const { enrolledCount, waitlistedCount } = countedIn(own);
    const codes = this.codesOf(course);
    return {
      capacity: seatsPerCourse,
      enrolledCount,
      waitlistedCount,
      seatsAvailable: Math.max(0, seatsPerCourse - enrolledCount),
      reserved: takenOf(own),
      ...(codes.length > 0 && { codes: Object.fromEntries(codes) }),
    };
  }

  /** The counts under the other codes of a class; each may have as many seats as that. */
  codesOf(classId: string): [string, SeatsRow['codes'][string]][] {
    const ids = Object.keys(this.classes).filter((id) => this.classOf(id) === classId);
    return ids.map((id) => {
      const own = [...this.rows.values()].filter(({ courseId }) => courseId === id);
      return [id, { capacity: seatsPerCourse, ...countedIn(own), version: 1, isCancelled: false }];
    });
  }

  /** The enrollment after an entry of its history, in its own row and in the student's. */
  private store(
    { user: userId, change, place, together = false }: Step,
    courseId: string,
    entry: EnrollmentRow['history'][number],
  ): EnrollmentRow {
    const isTakenUp = change === 'enrolled' || change === 'waitlisted';
    const id = `enr_${courseId}_${userId}`;
    const before = this.rows.get(id);
    const status = entry.status as EnrollmentStatus;
    const row: EnrollmentRow = {
      id,
      userId,
      courseId,
      classId: this.classOf(courseId),
      courseCode: courseId.toUpperCase(),
      credits: 3,
      status,
      ticket: status === 'waitlisted' ? (before?.ticket ?? ++this.tickets) : null,
      reservation: place?.reservation ?? null,
      dropOnPromotion: place?.dropOnPromotion ?? null,
      enrolledAt: isTakenUp || !before ? entry.at : before.enrolledAt,
      version: (before?.version ?? 0) + 1,
      history: [...(before?.history ?? []), entry],
    };
    this.rows.set(id, row);
    const { version = 0, entries = [] } = this.students.get(userId) ?? {};
    const others = entries.filter((each) => each.courseId !== courseId);
    const { courseCode: code, credits } = row;
    const own = { enrollmentId: id, courseId, code, credits, status, version: row.version };
    this.students.set(userId, { userId, version: version + Number(!together), entries: [...others, own] });
    return row;
  }
}

function copyAt(offset: number, copy: Omit<TopicCopy, 'partition' | 'offset' | 'value'>): TopicCopy {
  return { ...copy, partition: 0, offset, value: JSON.stringify(copy) };
}

function viewOf({ ticket: _, history: __, ...view }: EnrollmentRow) {
  return view;
}

/**
 * The snapshot after these steps, in which nothing is wrong beyond what they are; `c1`, `c2`, ... are courses, of which
 * `classes` names the one that another is a code for.
 */
export function snapshotOf(steps: readonly Step[], classes: Classes = {}): Snapshot {
  const model = new Model(classes);
  for (const step of steps) model.applyStep(step);
  const ofClasses = new Set(['c1', ...model.sequences.keys()]);
  const ids = [...ofClasses, ...Object.keys(classes)];
  const byCourse = <Row>(rowOf: (courseId: string) => Row) => new Map(ids.map((id) => [id, rowOf(id)]));
  const courses = byCourse((id) => courseOf(id, classes[id] ?? null));
  const copies = [...model.copies, ...[...courses.values()].map(courseCopy)];
  const facts = factsOf(copies);
  const notices = noticesOf(facts);
  const rows = [...model.rows.values()];
  const mailOf = new Map(rows.map(({ userId }) => [userId, `${userId}@students.registrar.example`]));
  return {
    readAt: '2027-02-01T00:00:00.000Z',
    creditLimit: 12,
    courses,
    offerings: byCourse((courseId) => {
      return { courseId, code: courseId.toUpperCase(), credits: 3, version: 1, meetings: [] };
    }),
    seats: new Map(Array.from(ofClasses, (id) => [id, seatsOf(id, model)])),
    enrollments: model.rows,
    places: rows.flatMap(({ ticket, courseId, classId, userId }) =>
      ticket === null ? [] : [{ courseId, classId, ticket, userId }],
    ),
    students: model.students,
    copies,
    facts,
    notices,
    mails: notices.map(({ id, userId }) => {
      return { messageId: `<${id}@registrar.example>`, to: mailOf.get(userId) ?? '' };
    }),
    mailOf,
    intents: intentsOf(facts),
    looks: [],
    refused: [],
    holdSpans: [],
    permits: [],
    granted: [],
    revoked: [],
    eligibility: {
      late: new Set(),
      honors: new Set(),
      lateOpensAt: new Date(start).toISOString(),
      completions: new Map(),
    },
    crowdedReads: [],
    ownShown: ownOf(rows),
    coursesShown: ids.map((courseId) => {
      const counts = model.countsOf(model.classOf(courseId));
      return { courseId, via: 'gateway', status: 'open', version: 1, ...counts };
    }),
    backlog: { 'events unpublished': 0 },
  };
}

function courseOf(id: string, crossListedOf: string | null): CourseState {
  const at = new Date(start).toISOString();
  return {
    id,
    semesterId: 'proof',
    departmentId: 'PROOF',
    code: id.toUpperCase(),
    section: '1',
    component: 'lecture',
    topic: null,
    title: id,
    description: '',
    credits: 3,
    instructorIds: [],
    capacity: seatsPerCourse,
    waitlistCapacity: 5,
    meetings: [],
    prerequisites: [],
    requirement: null,
    restriction: null,
    consent: 'none',
    reservations: [],
    linked: [],
    crossListedOf,
    minCredits: null,
    enrollmentClosesAt: null,
    dropDeadlineAt: null,
    withdrawDeadlineAt: null,
    status: 'open',
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
}

function courseCopy(course: CourseState, index: number): TopicCopy {
  return copyAt(index, {
    topic: courseTopic.name,
    key: course.id,
    id: `evt_${course.id}`,
    type: 'registrar.courses.course.created',
    data: { course, actorId: 'registrar' },
  });
}

function seatsOf(courseId: string, model: Model): SeatsRow {
  const { seatsAvailable: _, ...counts } = model.countsOf(courseId);
  const rows = [...model.rows.values()].filter(({ classId }) => classId === courseId);
  return {
    courseId,
    status: 'open',
    waitlistCapacity: 5,
    courseVersion: 1,
    ...counts,
    codes: Object.fromEntries(model.codesOf(courseId)),
    completedCount: countedIn(rows).completedCount,
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

/** The request behind each change, with its answer. */
function intentsOf(facts: ReadonlyMap<string, readonly Fact[]>): Intent[] {
  return [...facts.values()]
    .flat()
    .filter(({ data }) => data.actorRole !== 'system')
    .map(({ data, change }, index) => {
      const { id: enrollmentId, userId, courseId } = data.enrollment;
      const isEnroll = change === 'enrolled' || change === 'waitlisted';
      const asked: Asked = isEnroll
        ? { kind: 'enroll', userId, courseId, joinWaitlist: true, actorId: data.actorId, override: [] }
        : change === 'completed'
          ? { kind: 'complete', userId, actorId: data.actorId, enrollmentId, grade: 'A' }
          : { kind: 'drop', userId, actorId: data.actorId, enrollmentId };
      return intent(
        asked,
        [
          attempt(
            isEnroll ? 201 : 200,
            { ...data.enrollment, grade: data.enrollment.grade ?? null },
            { at: Date.parse(data.occurredAt) },
          ),
        ],
        index + 1,
      );
    });
}

function ownOf(rows: readonly EnrollmentRow[]): Snapshot['ownShown'] {
  const ranked = (row: EnrollmentRow) =>
    row.ticket === null
      ? null
      : rows.filter(
          ({ classId, ticket }) => classId === row.classId && ticket !== null && ticket <= (row.ticket ?? 0),
        ).length;
  return [...Map.groupBy(rows, ({ userId }) => userId)].map(([userId, own]) => ({
    userId,
    via: 'enrollments 1',
    status: 200,
    items: own.map((row) => ({ ...viewOf(row), waitlistPosition: ranked(row) })),
  }));
}

/** A request with its attempts; with a key where such requests have one. */
export function intent(asked: Asked, attempts: Attempt[], id = 1): Intent {
  const isKeyed = asked.kind === 'enroll' || asked.kind === 'swap';
  return { id, key: isKeyed ? `key_${id}` : undefined, ifMatch: undefined, asked, attempts };
}

/** An attempt and its answer. */
export function attempt(status: number, body: Attempt['body'] = {}, change: Partial<Attempt> = {}): Attempt {
  const at = change.at ?? start;
  return { at, doneAt: at + 10, via: 'gateway', status, replayed: false, body, ...change };
}

/** A second copy of an event of a snapshot, changed or as it is. */
export function copyOf(snapshot: Snapshot, index: number, change: Partial<TopicCopy> = {}): TopicCopy {
  const original = snapshot.copies[index];
  if (!original) throw new RangeError(`There is no event ${index}.`);
  return { ...original, offset: snapshot.copies.length, ...change };
}

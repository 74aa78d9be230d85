import type { CourseState } from '@registrar/contracts-courses';
import type { HistoryEntry } from '@registrar/contracts-enrollments';
import type { Dynamo } from '@registrar/dynamodb';
import pMap from 'p-map';
import type {
  EnrollmentRow,
  NoticeRow,
  OfferingRow,
  PermitRow,
  PlaceRow,
  SeatsRow,
  StudentRow,
} from './snapshot.ts';

type Item = Record<string, unknown>;

/** Queries under way at a time. */
const concurrency = 8;
/** More than any query here may find. */
const most = 100_000;

/** An item with its attributes in camelCase; `Row` is what the service that owns the table writes. */
function rowOf<Row>(item: Item): Row {
  const fields = Object.entries(item).map(([name, value]) => [
    name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ]);
  return Object.fromEntries(fields) as Row;
}

async function byKeys<Row>(dynamo: Dynamo, table: string, keys: readonly Item[]): Promise<Row[]> {
  return (await dynamo.getAll<Item>(table, keys)).map(rowOf<Row>);
}

/** Where partitions are: a table, or one of its indexes. */
interface Partitions {
  readonly table: string;
  readonly key: string;
  readonly index?: string;
}

/** All rows of these partitions. */
async function byPartitions<Row>(
  dynamo: Dynamo,
  { table, key, index }: Partitions,
  values: readonly string[],
): Promise<Row[]> {
  const query = {
    TableName: dynamo.tables.name(table),
    KeyConditionExpression: '#key = :value',
    ExpressionAttributeNames: { '#key': key },
    ...(index === undefined ? { ConsistentRead: true } : { IndexName: index }),
  };
  const found = await pMap(
    values,
    (value) => {
      const input = { ...query, ExpressionAttributeValues: { ':value': value } };
      return Array.fromAsync(dynamo.queryAll<Item>(input, most));
    },
    { concurrency },
  );
  return found.flat().map(rowOf<Row>);
}

/** Courses as the courses service has them, with these fields only. */
export async function readCourses(
  courses: Dynamo,
  ids: readonly string[],
  fields: readonly string[],
): Promise<CourseState[]> {
  const keys = ids.map((id) => ({ id }));
  const rows = await byKeys<Item>(courses, 'courses', keys);
  return rows.map((row) => Object.fromEntries(fields.map((name) => [name, row[name]])) as CourseState);
}

/** The seats of the classes among the courses: another code for a class has none of its own. */
export async function readSeats(enrollments: Dynamo, ids: readonly string[]): Promise<SeatsRow[]> {
  const keys = ids.map((id) => ({ course_id: id }));
  const rows = await byKeys<SeatsRow | { classId: string }>(enrollments, 'course_seats', keys);
  return rows.flatMap((row) =>
    'classId' in row ? [] : [{ ...row, reserved: row.reserved ?? {}, codes: row.codes ?? {} }],
  );
}

/** Every permit of the courses: found by PermitsByCourse, read by key. */
export async function readPermits(enrollments: Dynamo, courseIds: readonly string[]): Promise<PermitRow[]> {
  const byCourse = { table: 'permits', key: 'course_id', index: 'PermitsByCourse' };
  const found = await byPartitions<{ id: string }>(enrollments, byCourse, courseIds);
  const keys = found.map(({ id }) => ({ id }));
  return byKeys(enrollments, 'permits', keys);
}

/** The offerings of the courses. */
export function readOfferings(enrollments: Dynamo, ids: readonly string[]): Promise<OfferingRow[]> {
  const keys = ids.map((id) => ({ course_id: id }));
  return byKeys(enrollments, 'offerings', keys);
}

/** What the tables say of a place: the class is in the index, and the course beside it where that is another code. */
type OfClass<Row> = Omit<Row, 'classId'> & { readonly courseId: string; readonly codeCourseId?: string };

function underCode<Row extends OfClass<unknown>>(row: Row) {
  return { ...row, courseId: row.codeCourseId ?? row.courseId, classId: row.courseId };
}

/** Every enrollment of the courses: found by EnrollmentsByCourse, read by key, with its whole history. */
export async function readEnrollments(
  enrollments: Dynamo,
  courseIds: readonly string[],
): Promise<EnrollmentRow[]> {
  const byCourse = { table: 'enrollments', key: 'course_id', index: 'EnrollmentsByCourse' };
  const found = await byPartitions<{ id: string }>(enrollments, byCourse, courseIds);
  const keys = found.map(({ id }) => ({ id }));
  const rows = await byKeys<OfClass<EnrollmentRow>>(enrollments, 'enrollments', keys);
  return pMap(
    rows.map(underCode),
    async ({ ticket = null, reservation = null, dropOnPromotion = null, ...row }) => {
      const moved = row.history.length === row.version ? [] : await movedHistory(enrollments, row.id);
      return { ...row, ticket, reservation, dropOnPromotion, history: [...moved, ...row.history] };
    },
    { concurrency },
  );
}

/** The part of a history that was moved from its enrollment. */
async function movedHistory(enrollments: Dynamo, id: string): Promise<HistoryEntry[]> {
  const history = { table: 'enrollment_history', key: 'enrollment_id' };
  const parts = await byPartitions<{ entries: HistoryEntry[] }>(enrollments, history, [id]);
  return parts.flatMap(({ entries }) => entries);
}

/** The waitlists of the courses. */
export async function readPlaces(enrollments: Dynamo, courseIds: readonly string[]): Promise<PlaceRow[]> {
  const byClass = { table: 'waitlist', key: 'course_id' };
  return (await byPartitions<OfClass<PlaceRow>>(enrollments, byClass, courseIds)).map(underCode);
}

/** The students' semesters; a student without any enrollment has none. */
export function readStudents(
  enrollments: Dynamo,
  ids: readonly string[],
  semesterId: string,
): Promise<StudentRow[]> {
  const keys = ids.map((id) => ({ user_id: id, semester_id: semesterId }));
  return byKeys(enrollments, 'student_semesters', keys);
}

/** Every row in the inboxes of these people. */
export async function readNotices(notifications: Dynamo, userIds: readonly string[]): Promise<NoticeRow[]> {
  const byUser = { table: 'notifications', key: 'user_id', index: 'NotificationsByUser' };
  const found = await byPartitions<{ id: string }>(notifications, byUser, userIds);
  const keys = found.map(({ id }) => ({ id }));
  return byKeys(notifications, 'notifications', keys);
}

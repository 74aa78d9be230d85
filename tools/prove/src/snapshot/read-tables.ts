import type { CourseState } from '@registrar/contracts-courses';
import type { HistoryEntry } from '@registrar/contracts-enrollments';
import type { Dynamo } from '@registrar/dynamodb';
import pMap from 'p-map';
import type {
  EnrollmentRow,
  EntryRow,
  NoticeRow,
  OfferingRow,
  PlaceRow,
  SeatsRow,
  StudentRow,
} from './snapshot.ts';

type Item = Record<string, unknown>;

/** Queries under way at a time. */
const width = 8;
/** More than any query here may find. */
const most = 100_000;

async function byKeys(dynamo: Dynamo, table: string, keys: readonly Item[]): Promise<Item[]> {
  const items = await dynamo.batchGet<Item>(
    keys.map((key) => ({ table: dynamo.tables.name(table), key })),
    { consistent: true },
  );
  return items.filter((item) => item !== undefined);
}

/** All items of a partition of a table, or of one of its indexes. */
function byPartition(
  dynamo: Dynamo,
  table: string,
  key: string,
  value: string,
  IndexName?: string,
): Promise<Item[]> {
  const query = {
    TableName: dynamo.tables.name(table),
    KeyConditionExpression: '#key = :value',
    ExpressionAttributeNames: { '#key': key },
    ExpressionAttributeValues: { ':value': value },
    ...(IndexName === undefined ? { ConsistentRead: true } : { IndexName }),
  };
  return Array.fromAsync(dynamo.queryAll<Item>(query, most));
}

/** Items as this service's tables have them: what a service writes, it may be asked for by name. */
const as = <Row>(item: Item): Row => item as Row;

/** Courses as the courses service has them, without what it keeps beside the state. */
export async function readCourses(
  courses: Dynamo,
  ids: readonly string[],
  names: readonly string[],
): Promise<CourseState[]> {
  const items = await byKeys(
    courses,
    'courses',
    ids.map((id) => ({ id })),
  );
  return items.map((item) =>
    as<CourseState>(Object.fromEntries(names.map((name) => [name, item[snake(name)]]))),
  );
}

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The seats of the courses. */
export async function readSeats(enrollments: Dynamo, ids: readonly string[]): Promise<SeatsRow[]> {
  const items = await byKeys(
    enrollments,
    'course_seats',
    ids.map((id) => ({ course_id: id })),
  );
  return items.map((item) => ({
    courseId: String(item['course_id']),
    status: String(item['status']),
    capacity: Number(item['capacity']),
    waitlistCapacity: Number(item['waitlist_capacity']),
    enrolledCount: Number(item['enrolled_count']),
    completedCount: Number(item['completed_count']),
    waitlistedCount: Number(item['waitlisted_count']),
    sequence: Number(item['sequence']),
    courseVersion: Number(item['course_version']),
  }));
}

/** The offerings of the courses. */
export async function readOfferings(enrollments: Dynamo, ids: readonly string[]): Promise<OfferingRow[]> {
  const items = await byKeys(
    enrollments,
    'offerings',
    ids.map((id) => ({ course_id: id })),
  );
  return items.map((item) => ({
    courseId: String(item['course_id']),
    code: String(item['code']),
    credits: Number(item['credits']),
    version: Number(item['version']),
    meetings: item['meetings'] as OfferingRow['meetings'],
  }));
}

/** Every enrollment of the courses: found by EnrollmentsByCourse, read by key, with its whole history. */
export async function readEnrollments(
  enrollments: Dynamo,
  courseIds: readonly string[],
): Promise<EnrollmentRow[]> {
  const found = await pMap(
    courseIds,
    (id) => byPartition(enrollments, 'enrollments', 'course_id', id, 'EnrollmentsByCourse'),
    { concurrency: width },
  );
  const items = await byKeys(
    enrollments,
    'enrollments',
    found.flat().map(({ id }) => ({ id })),
  );
  return pMap(
    items,
    async (item) => {
      const kept = item['history'] as HistoryEntry[];
      const isWhole = kept.length === Number(item['version']);
      const parts = isWhole
        ? []
        : await byPartition(enrollments, 'enrollment_history', 'enrollment_id', String(item['id']));
      const moved = parts.flatMap(({ entries }) => entries as HistoryEntry[]);
      return rowOf(item, [...moved, ...kept]);
    },
    { concurrency: width },
  );
}

function rowOf(item: Item, history: readonly HistoryEntry[]): EnrollmentRow {
  return {
    id: String(item['id']),
    userId: String(item['user_id']),
    courseId: String(item['course_id']),
    courseCode: String(item['course_code']),
    credits: Number(item['credits']),
    status: item['status'] as EnrollmentRow['status'],
    ticket: item['ticket'] === undefined ? null : Number(item['ticket']),
    enrolledAt: String(item['enrolled_at']),
    version: Number(item['version']),
    history,
  };
}

/** Who waits for the courses. */
export async function readPlaces(enrollments: Dynamo, courseIds: readonly string[]): Promise<PlaceRow[]> {
  const found = await pMap(courseIds, (id) => byPartition(enrollments, 'waitlist', 'course_id', id), {
    concurrency: width,
  });
  return found.flat().map((item) => ({
    courseId: String(item['course_id']),
    ticket: Number(item['ticket']),
    userId: String(item['user_id']),
  }));
}

/** The students' semesters; those who have nothing have none. */
export async function readStudents(
  enrollments: Dynamo,
  ids: readonly string[],
  semesterId: string,
): Promise<StudentRow[]> {
  const keys = ids.map((id) => ({ user_id: id, semester_id: semesterId }));
  return (await byKeys(enrollments, 'student_semesters', keys)).map((item) => ({
    userId: String(item['user_id']),
    version: Number(item['version']),
    entries: item['entries'] as EntryRow[],
  }));
}

/** Every row in the inboxes of these people. */
export async function readNotices(notifications: Dynamo, userIds: readonly string[]): Promise<NoticeRow[]> {
  const found = await pMap(
    userIds,
    (id) => byPartition(notifications, 'notifications', 'user_id', id, 'NotificationsByUser'),
    { concurrency: width },
  );
  const items = await byKeys(
    notifications,
    'notifications',
    found.flat().map(({ id }) => ({ id })),
  );
  return items.map((item) => ({
    id: String(item['id']),
    kind: String(item['kind']),
    eventId: String(item['event_id']),
    userId: String(item['user_id']),
    mailStatus: String(item['mail_status']),
    mailAttempts: Number(item['mail_attempts']),
  }));
}

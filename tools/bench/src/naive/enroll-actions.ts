import { recordAction } from '@registrar/idempotency';
import type { Dynamo, TransactAction } from '@registrar/dynamodb';
import { drawnId } from '@registrar/testing/random';
import { naiveSemesterId as semesterId } from './naive-store.ts';

/** What is written for one enrollment: the same five items as the system writes for a group of one. */
export interface NaiveRequest {
  readonly courseId: string;
  readonly userId: string;
  readonly key: string;
  /** The student's semester as it was read: its version, 0 for none, and its entries. */
  readonly student: { readonly version: number; readonly entries: readonly unknown[] };
}

/** The transaction of one enrollment. */
export function enrollActions(store: Dynamo, request: NaiveRequest, now: Date): TransactAction[] {
  const { courseId, userId, key, student } = request;
  const { name } = store.tables;
  const at = now.toISOString();
  const id = `enr_${courseId.slice(4)}_${userId.slice(4)}`;
  const history = [
    { at, action: 'enrolled', actorId: userId, actorRole: 'student', status: 'enrolled', override: [] },
  ];
  const about = { courseId, semesterId, courseCode: 'BENCH-101', courseTitle: 'Introduction to Benchmarks' };
  const view = {
    id,
    userId,
    ...about,
    credits: 1,
    status: 'enrolled',
    waitlistPosition: null,
    enrolledAt: at,
  };
  const record = { id: `${userId} ${key}`, fingerprint: key.padEnd(43, '0') };
  const answer = { status: 201, headers: { location: `/api/enrollments/${id}` }, body: JSON.stringify(view) };
  return [
    seatAction(name('course_seats'), courseId),
    {
      Put: {
        TableName: name('enrollments'),
        Item: {
          id,
          user_id: userId,
          course_id: courseId,
          semester_id: semesterId,
          course_code: about.courseCode,
          course_title: about.courseTitle,
          credits: 1,
          status: 'enrolled',
          enrolled_at: at,
          updated_at: at,
          version: 1,
          history,
        },
        ConditionExpression: 'attribute_not_exists(id)',
      },
    },
    studentAction(name('student_semesters'), request, student, id),
    recordAction(name('idempotent_requests'), record, answer, now.getTime()),
    outboxItem(name('outbox'), courseId, view, now),
  ];
}

function seatAction(table: string, courseId: string): TransactAction {
  return {
    Update: {
      TableName: table,
      Key: { course_id: courseId },
      UpdateExpression:
        'SET enrolled_count = enrolled_count + :one, #sequence = #sequence + :one, #version = #version + :one',
      ConditionExpression: '#status = :open AND enrolled_count < #capacity',
      ExpressionAttributeNames: {
        '#sequence': 'sequence',
        '#version': 'version',
        '#status': 'status',
        '#capacity': 'capacity',
      },
      ExpressionAttributeValues: { ':one': 1, ':open': 'open' },
    },
  };
}

function studentAction(
  table: string,
  { courseId, userId }: NaiveRequest,
  student: NaiveRequest['student'],
  enrollmentId: string,
): TransactAction {
  const entry = { courseId, enrollmentId, code: 'BENCH-101', status: 'enrolled', credits: 1, version: 1 };
  return {
    Put: {
      TableName: table,
      Item: {
        user_id: userId,
        semester_id: semesterId,
        version: student.version + 1,
        entries: [...student.entries, entry],
      },
      ConditionExpression: student.version === 0 ? 'attribute_not_exists(user_id)' : '#version = :version',
      ...(student.version > 0 && {
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': student.version },
      }),
    },
  };
}

function outboxItem(table: string, courseId: string, enrollment: object, now: Date): TransactAction {
  const counts = { capacity: 600, enrolledCount: 1, waitlistedCount: 0, seatsAvailable: 599 };
  const data = {
    enrollment,
    course: { section: '1', meetings: [] },
    counts,
    sequence: 1,
    actorRole: 'student',
  };
  const id = drawnId(Math.random, 'evt');
  const envelope = { specversion: '1.0', id, source: '/registrar/enrollments', time: now.toISOString() };
  const type = 'registrar.enrollments.enrollment.enrolled';
  const dataschema = `urn:registrar:event:${type}`;
  const value = JSON.stringify({ ...envelope, type, dataschema, datacontenttype: 'application/json', data });
  return {
    Put: {
      TableName: table,
      Item: {
        aggregate: `enrollments.enrollment.v1|${courseId}`,
        // Without a queue nobody knows the number before the commit: a moment and chance stand for it.
        sequence: now.getTime() * 1_000 + Math.floor(Math.random() * 1_000_000_000),
        topic: 'enrollments.enrollment.v1',
        key: courseId,
        events: [{ id, value }],
        pending_shard: '0',
        created_at: now.getTime(),
      },
    },
  };
}

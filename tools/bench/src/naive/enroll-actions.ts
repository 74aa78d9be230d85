import { enrollmentEvent } from '@registrar/contracts-enrollments';
import type { Enrollment } from '@registrar/contracts-enrollments';
import type { Dynamo, TransactAction } from '@registrar/dynamodb';
import { recordAction } from '@registrar/idempotency';
import { makeEvent, outboxAction, outboxEntry } from '@registrar/messaging';
import { drawnId } from '@registrar/testing/random';
import { naiveCourse, naiveSemesterId as semesterId } from './naive-store.ts';

/** A student's request for a seat. */
export interface NaiveRequest {
  readonly courseId: string;
  readonly userId: string;
  readonly key: string;
}

/** The student's semester as it was read: its version, 0 for none, and its entries. */
export interface NaiveStudent {
  readonly version: number;
  readonly entries: readonly unknown[];
}

/** The id of the enrollment of a student in a course. */
export function enrollmentId({ courseId, userId }: Omit<NaiveRequest, 'key'>): string {
  return `enr_${courseId.slice(4)}_${userId.slice(4)}`;
}

/** The transaction of one enrollment: the same five items as the system writes for a group of one. */
export function enrollActions(
  store: Dynamo,
  request: NaiveRequest,
  student: NaiveStudent,
  now: Date,
): TransactAction[] {
  const { name } = store.tables;
  const enrollment = enrollmentOf(request, now.toISOString());
  const record = { id: `${request.userId} ${request.key}`, fingerprint: request.key.padEnd(43, '0') };
  const headers = { location: `/api/enrollments/${enrollment.id}` };
  const answer = { status: 201, headers, body: JSON.stringify(enrollment) };
  return [
    seatAction(name('course_seats'), request.courseId),
    enrollmentAction(name('enrollments'), enrollment),
    studentAction(name('student_semesters'), enrollment, student),
    recordAction(name('idempotent_requests'), record, answer, now.getTime()),
    eventAction(store, enrollment, now),
  ];
}

function enrollmentOf(request: NaiveRequest, at: string): Enrollment {
  return {
    id: enrollmentId(request),
    userId: request.userId,
    courseId: request.courseId,
    semesterId,
    courseCode: naiveCourse.code,
    courseTitle: naiveCourse.title,
    credits: naiveCourse.credits,
    status: 'enrolled',
    waitlistPosition: null,
    reservation: null,
    dropOnPromotion: null,
    grade: null,
    enrolledAt: at,
    updatedAt: at,
    version: 1,
  };
}

function seatAction(table: string, courseId: string): TransactAction {
  return {
    Update: {
      TableName: table,
      Key: { course_id: courseId },
      UpdateExpression:
        'SET enrolled_count = enrolled_count + :one, #sequence = #sequence + :one, #version = #version + :one',
      ConditionExpression: '#status = :open AND enrolled_count < #capacity',
      ExpressionAttributeNames: Object.fromEntries(
        ['sequence', 'version', 'status', 'capacity'].map((name) => [`#${name}`, name]),
      ),
      ExpressionAttributeValues: { ':one': 1, ':open': 'open' },
    },
  };
}

function enrollmentAction(TableName: string, enrollment: Enrollment): TransactAction {
  const { status, enrolledAt: at, userId: actorId } = enrollment;
  const fields = Object.entries(enrollment).map(([name, value]) => [
    name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value as unknown,
  ]);
  const history = [{ at, action: 'enrolled', actorId, actorRole: 'student', status, override: [] }];
  const Item = { ...Object.fromEntries(fields), history } as Record<string, unknown>;
  return { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(id)' } };
}

function studentAction(TableName: string, enrollment: Enrollment, student: NaiveStudent): TransactAction {
  const { id: enrollmentId, userId, courseId, courseCode: code, status, credits, version } = enrollment;
  const entry = { courseId, enrollmentId, code, status, credits, version };
  const Item = {
    user_id: userId,
    semester_id: semesterId,
    version: student.version + 1,
    entries: [...student.entries, entry],
  };
  if (student.version === 0)
    return { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(user_id)' } };
  return {
    Put: {
      TableName,
      Item,
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':version': student.version },
    },
  };
}

function eventAction(store: Dynamo, enrollment: Enrollment, now: Date): TransactAction {
  const definition = enrollmentEvent('enrolled');
  const event = makeEvent(definition, {
    id: drawnId(Math.random, 'evt'),
    subject: enrollment.id,
    time: now,
    data: {
      enrollment,
      course: { section: '1', meetings: [] },
      counts: { capacity: 600, enrolledCount: 1, waitlistedCount: 0, seatsAvailable: 599 },
      sequence: 1,
      studentVersion: 1,
      actorId: enrollment.userId,
      actorRole: 'student',
      reason: null,
      override: [],
      occurredAt: enrollment.enrolledAt,
    },
  });
  const entry = outboxEntry({
    topic: definition.topic,
    key: enrollment.courseId,
    // Without a queue the number of the event is not known before the commit: time and chance stand for it.
    sequence: now.getTime() * 1_000 + Math.floor(Math.random() * 1_000_000_000),
    events: [event],
    now: now.getTime(),
  });
  return outboxAction(store.tables, entry);
}

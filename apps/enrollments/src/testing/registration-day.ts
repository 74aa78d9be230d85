import { randomUUID } from 'node:crypto';
import type { Enrollment } from '@registrar/contracts-enrollments';
import { newId } from '@registrar/service';
import type { EnrollmentsSystem } from './enrollments-system.ts';

/** A registration day for one course, and what it must come to. */
interface RegistrationDay {
  students: number;
  seats: number;
  places: number;
}

/** What a registration day came to, as the store has it and as the students were answered. */
export interface Outcome {
  /** Answers by their kind, one a student; a retry that got another answer counts as `contradicted`. */
  answers: Record<string, number>;
  /** Rows by their status. */
  rows: Record<string, number>;
  counts: { enrolledCount: number; waitlistedCount: number };
  courseId: string;
  /** The waiting students in the order of their positions. */
  waiting: Enrollment[];
  seated: Enrollment[];
}

/**
 * Asks again what is answered 503: on a busy machine a request may wait in the queue for longer than it is kept
 * there, and the same key gets the decision later.
 */
export async function decided<T extends { status: number }>(ask: () => Promise<T>, most = 5): Promise<T> {
  const answer = await ask();
  return answer.status === 503 && most > 1 ? decided(ask, most - 1) : answer;
}

/** All students request the course at once, each twice under one key, over all instances in turn. */
export async function registrationDay(system: EnrollmentsSystem, day: RegistrationDay): Promise<Outcome> {
  const courseId = await system.course({ capacity: day.seats, waitlistCapacity: day.places });
  const asked = Array.from({ length: day.students }, () => ({ user: newId('usr'), key: randomUUID() }));
  const answers = await Promise.all(
    [0, 1].flatMap((twice) =>
      asked.map(async ({ user, key }, index) => {
        const instance = (index + twice) % system.urls.length;
        const { status, body } = await decided(() =>
          system.enroll(user, courseId, { key, instance, sendRequest: { joinWaitlist: true } }),
        );
        return { user, kind: status === 201 ? body.status : (body.code ?? String(status)), body };
      }),
    ),
  );
  const byUser = Map.groupBy(answers, ({ user }) => user);
  const kinds = [...byUser.values()].map(([first, second]) =>
    first?.kind === second?.kind ? (first?.kind ?? '') : 'contradicted',
  );
  const firsts = [...byUser.values()].flatMap(([first]) => (first ? [first.body] : []));
  return {
    courseId,
    answers: countBy(kinds),
    rows: await rowCountsOf(system, courseId),
    counts: await countsOf(system, courseId),
    waiting: firsts
      .filter(({ status }) => status === 'waitlisted')
      .sort((a, b) => (a.waitlistPosition ?? 0) - (b.waitlistPosition ?? 0)),
    seated: firsts.filter(({ status }) => status === 'enrolled'),
  };
}

/** The counts of a course as the internal API gives them; -1 where it has none. */
export async function countsOf(system: EnrollmentsSystem, courseId: string): Promise<Outcome['counts']> {
  const { body } = await system.internal('POST', 'seats/batch-get', { courseIds: [courseId] });
  const [seats] = body['items'] as Outcome['counts'][];
  return { enrolledCount: seats?.enrolledCount ?? -1, waitlistedCount: seats?.waitlistedCount ?? -1 };
}

/** How many enrollments of a course the store has, by status. */
export async function rowCountsOf(
  system: EnrollmentsSystem,
  courseId: string,
): Promise<Record<string, number>> {
  return countBy((await rowsOf(system, courseId)).map(({ status }) => status));
}

/** The enrollments of a course as the store has them. */
export async function rowsOf(
  system: EnrollmentsSystem,
  courseId: string,
): Promise<{ id: string; status: string; user_id: string; ticket?: number }[]> {
  const query = {
    TableName: system.dynamo.tables.name('enrollments'),
    IndexName: 'EnrollmentsByCourse',
    KeyConditionExpression: 'course_id = :course',
    ExpressionAttributeValues: { ':course': courseId },
  };
  return Array.fromAsync(
    system.dynamo.queryAll<{ id: string; status: string; user_id: string; ticket?: number }>(query),
  );
}

function countBy(values: string[]): Record<string, number> {
  return Object.fromEntries(
    [...Map.groupBy(values, (value) => value)].map(([value, list]) => [value, list.length]),
  );
}

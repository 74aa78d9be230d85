import { TransactionCancelled } from '@registrar/dynamodb';
import type { Dynamo } from '@registrar/dynamodb';
import type { NaiveRequest, NaiveStudent } from './enroll-actions.ts';
import { enrollActions, enrollmentId } from './enroll-actions.ts';
import { naiveSemesterId } from './naive-store.ts';

/**
 * Enrolls as straight code would: reads what the rules need, then one transaction for this request alone. 201 or 409.
 */
export async function enrollNaively(store: Dynamo, request: NaiveRequest): Promise<number> {
  const { userId, courseId } = request;
  const { name } = store.tables;
  const [seats, , , student, enrollment] = await store.batchGet<object>([
    { table: name('course_seats'), key: { course_id: courseId } },
    { table: name('semesters'), key: { id: naiveSemesterId } },
    { table: name('offerings'), key: { course_id: courseId } },
    { table: name('student_semesters'), key: { user_id: userId, semester_id: naiveSemesterId } },
    { table: name('enrollments'), key: { id: enrollmentId(request) } },
  ]);
  if (seats === undefined || enrollment !== undefined) return 409;
  const { enrolled_count: enrolled, capacity } = seats as { enrolled_count: number; capacity: number };
  if (enrolled >= capacity) return 409;
  const semester = (student as NaiveStudent | undefined) ?? { version: 0, entries: [] };
  try {
    await store.transact(enrollActions(store, request, semester, new Date()));
    return 201;
  } catch (error) {
    if (!(error instanceof TransactionCancelled)) throw error;
    // A seat that is gone is a refusal; a student's row that changed meanwhile is decided on again.
    return error.reasons[0]?.code === 'ConditionalCheckFailed' ? 409 : enrollNaively(store, request);
  }
}

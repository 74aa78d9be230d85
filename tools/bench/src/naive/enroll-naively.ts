import { TransactionCancelled } from '@registrar/dynamodb';
import type { Dynamo } from '@registrar/dynamodb';
import { enrollActions } from './enroll-actions.ts';
import { naiveSemesterId } from './naive-store.ts';

interface SeatsRow {
  enrolled_count: number;
  capacity: number;
}

interface StudentRow {
  version: number;
  entries: unknown[];
}

/**
 * Enrolls as straight code would: reads what the rules need, then one transaction for this request alone. 201 or 409.
 */
export async function enrollNaively(
  store: Dynamo,
  userId: string,
  courseId: string,
  key: string,
): Promise<number> {
  const { name } = store.tables;
  const [seats, , , student, enrollment] = await store.batchGet<object>(
    [
      { table: name('course_seats'), key: { course_id: courseId } },
      { table: name('semesters'), key: { id: naiveSemesterId } },
      { table: name('offerings'), key: { course_id: courseId } },
      { table: name('student_semesters'), key: { user_id: userId, semester_id: naiveSemesterId } },
      { table: name('enrollments'), key: { id: `enr_${courseId.slice(4)}_${userId.slice(4)}` } },
    ],
    { consistent: true },
  );
  if (seats === undefined || enrollment !== undefined) return 409;
  const { enrolled_count: enrolled, capacity } = seats as SeatsRow;
  if (enrolled >= capacity) return 409;
  const row = (student as StudentRow | undefined) ?? { version: 0, entries: [] };
  try {
    await store.transact(enrollActions(store, { courseId, userId, key, student: row }, new Date()));
    return 201;
  } catch (error) {
    if (!(error instanceof TransactionCancelled)) throw error;
    return enrollAgain(store, { userId, courseId, key }, error);
  }
}

/** Decides again where the student's own row had changed meanwhile; a seat that is gone is a refusal. */
function enrollAgain(
  store: Dynamo,
  { userId, courseId, key }: { userId: string; courseId: string; key: string },
  { reasons }: TransactionCancelled,
): Promise<number> | number {
  return reasons[0]?.code === 'ConditionalCheckFailed' ? 409 : enrollNaively(store, userId, courseId, key);
}

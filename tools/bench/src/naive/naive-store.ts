import type { BatchWriteRequest, Dynamo } from '@registrar/dynamodb';

/** The semester of all naive courses. */
export const naiveSemesterId = 'bench-current';

/** What all naive courses are. */
export const naiveCourse = { code: 'BENCH-101', title: 'Introduction to Benchmarks', credits: 1 } as const;

/** Writes the rows that courses need before a student can enroll: each its seats and its offering. */
export function storeCourses(store: Dynamo, courseIds: readonly string[], capacity: number): Promise<void> {
  const { name } = store.tables;
  return store.batchWrite(
    courseIds.flatMap((courseId): BatchWriteRequest[] => [
      {
        table: name('course_seats'),
        put: {
          course_id: courseId,
          semester_id: naiveSemesterId,
          status: 'open',
          capacity,
          waitlist_capacity: 0,
          enrolled_count: 0,
          completed_count: 0,
          waitlisted_count: 0,
          next_ticket: 1,
          sequence: 0,
          version: 1,
          course_version: 1,
        },
      },
      {
        table: name('offerings'),
        put: {
          course_id: courseId,
          semester_id: naiveSemesterId,
          section: '1',
          instructor_ids: [],
          meetings: [],
          prerequisites: [],
          version: 1,
          ...naiveCourse,
        },
      },
    ]),
  );
}

/** Writes the row of the semester. */
export function storeSemester(store: Dynamo): Promise<void> {
  const [early, late] = ['2020-01-01T00:00:00.000Z', '2099-01-01T00:00:00.000Z'];
  const put = {
    id: naiveSemesterId,
    enrollment_opens_at: early,
    enrollment_closes_at: late,
    drop_deadline_at: late,
    withdraw_deadline_at: late,
    credit_limit: 60,
    version: 1,
    schedule_version: 1,
  };
  return store.batchWrite([{ table: store.tables.name('semesters'), put }]);
}

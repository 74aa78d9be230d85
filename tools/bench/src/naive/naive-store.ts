import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dynamo } from '@registrar/dynamodb';
import { workspaceRoot } from '../script-path.ts';
import type { StoreAddress } from '../seed/bench-store.ts';
import { openStore } from '../seed/bench-store.ts';

/** The table definitions of the enrollments service. */
function enrollmentsTables(): unknown {
  return JSON.parse(readFileSync(join(workspaceRoot, 'apps', 'enrollments', 'tables.json'), 'utf8'));
}

/** The naive way's store; its tables are made from the same definitions as the system's, under a prefix of its own. */
export function naiveStore(address: StoreAddress): Dynamo {
  return openStore('enrollments', enrollmentsTables(), address);
}

/** A course of the naive way. */
export interface NaiveCourse {
  readonly courseId: string;
  readonly capacity: number;
}

/** The semester of all naive courses. */
export const naiveSemesterId = 'bench-current';

/** The rows that a course needs before anybody can enroll. */
export function courseRows({
  courseId,
  capacity,
}: NaiveCourse): { table: string; put: Record<string, unknown> }[] {
  const seats = { semester_id: naiveSemesterId, status: 'open', capacity, waitlist_capacity: 0 };
  const counts = { enrolled_count: 0, completed_count: 0, waitlisted_count: 0, next_ticket: 1, sequence: 0 };
  return [
    {
      table: 'course_seats',
      put: { course_id: courseId, ...seats, ...counts, version: 1, course_version: 1 },
    },
    {
      table: 'offerings',
      put: {
        course_id: courseId,
        semester_id: naiveSemesterId,
        code: 'BENCH-101',
        section: '1',
        title: 'Introduction to Benchmarks',
        credits: 1,
        instructor_ids: [],
        meetings: [],
        prerequisites: [],
        version: 1,
      },
    },
  ];
}

/** The semester's row. */
export function semesterRow(): { table: string; put: Record<string, unknown> } {
  const [early, late] = ['2020-01-01T00:00:00.000Z', '2099-01-01T00:00:00.000Z'];
  const times = { enrollment_opens_at: early, enrollment_closes_at: late, drop_deadline_at: late };
  const rules = { withdraw_deadline_at: late, credit_limit: 60, version: 1, schedule_version: 1 };
  return { table: 'semesters', put: { id: naiveSemesterId, ...times, ...rules } };
}

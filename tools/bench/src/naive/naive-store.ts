import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDynamo } from '@registrar/dynamodb';
import type { Dynamo } from '@registrar/dynamodb';
import { workspaceRoot } from '../script-path.ts';

/** Where the naive way keeps its rows. */
export interface NaiveStore {
  readonly DYNAMODB_ENDPOINT: string;
  /** Of its own: its tables are made from the same definitions as the system's. */
  readonly TABLE_PREFIX: string;
}

/** The table definitions of the enrollments service. */
export function enrollmentsTables(): unknown {
  return JSON.parse(readFileSync(join(workspaceRoot, 'apps', 'enrollments', 'tables.json'), 'utf8'));
}

/** The naive way's store. It waits for as long as it takes: a request that gives up would flatter the figures. */
export function naiveStore(config: NaiveStore): Dynamo {
  const patience = { budgetMs: 120_000, requestTimeoutMs: 60_000, connectionTimeoutMs: 60_000 };
  const options = { service: 'enrollments', tables: enrollmentsTables(), patience };
  return createDynamo({ ...options, config: { ...config, AWS_REGION: 'us-east-1' } });
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

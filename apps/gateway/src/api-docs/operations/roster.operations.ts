import {
  importQuery,
  importResult,
  maxImportLines,
  publicSeats,
  rosterPage,
  rosterQuery,
} from '@registrar/contracts-enrollments';
import type { Operation } from '../operation.ts';
import { courseId, exampleEnrollment } from './enrollments.operations.ts';

const ofCourse = { tag: 'Enrollments', parameters: { id: courseId } } as const;
const exampleSeats = {
  courseId,
  capacity: 120,
  enrolledCount: 1,
  waitlistedCount: 0,
  seatsAvailable: 119,
  version: 1,
};

/** A course's seats, its roster, and enrolling by file. */
export const rosterOperations: Operation[] = [
  {
    ...ofCourse,
    id: 'getRoster',
    method: 'get',
    path: '/api/courses/{id}/roster',
    summary: 'Who is in a course, in order of enrollment',
    caller: 'instructor',
    query: rosterQuery,
    answers: [
      {
        status: 200,
        description: 'A page; as CSV the whole roster.',
        schema: rosterPage,
        example: {
          items: [{ ...exampleEnrollment, userName: 'Sam Student', userEmail: 'student@registrar.example' }],
          nextCursor: null,
        },
        alternatives: {
          'text/csv': 'The whole roster as a file for a spreadsheet, which cannot run formulas from it.',
        },
      },
    ],
    codes: { 400: ['invalid_cursor'], 404: ['course_not_found'] },
  },
  {
    ...ofCourse,
    id: 'getSeats',
    method: 'get',
    path: '/api/courses/{id}/seats',
    summary: 'The seats of a course now, or as a live stream',
    caller: 'public',
    answers: [
      {
        status: 200,
        description: 'The seats.',
        schema: publicSeats,
        example: exampleSeats,
        alternatives: {
          'text/event-stream': 'Events `seats`: the seats at once, and after each change within a second.',
        },
      },
    ],
    codes: { 404: ['course_not_found'], 429: ['too_many_streams'] },
  },
  {
    tag: 'Enrollments',
    id: 'importEnrollments',
    method: 'post',
    path: '/api/enrollments/import',
    summary: 'Enroll many students from a file',
    description: `At most ${maxImportLines} lines. Full courses waitlist. The same file again changes nothing.`,
    caller: 'registrar',
    idempotencyKey: 'optional',
    query: importQuery,
    body: { csv: `email,courseId\nstudent@registrar.example,${courseId}\n` },
    answers: [
      {
        status: 200,
        description: 'What became of the lines.',
        schema: importResult,
        example: { enrolled: 1, waitlisted: 0, refused: [] },
      },
    ],
    codes: { 400: ['bad_request'] },
  },
];

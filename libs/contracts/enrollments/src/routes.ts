import { defineRoutes } from '@registrar/contracts-http';
import {
  completeRequest,
  enrollmentsQuery,
  enrollRequest,
  enrollment,
  enrollmentHistory,
  enrollmentPage,
  ownEnrollmentsQuery,
  refusalCodes,
  swapRequest,
} from './enrollment.ts';
import * as examples from './examples.ts';
import { refusalParams as problemParams } from './refusal-params.ts';
import { importQuery, importResult, maxImportLines } from './import.ts';
import { rosterPage, rosterQuery } from './roster.ts';

const enrollments = { tag: 'Enrollments' } as const;
const refusable = { ...enrollments, problemParams } as const;
const ofEnrollment = { params: { id: examples.enrollment.id } } as const;
const ofCourse = { params: { id: examples.courseId } } as const;
const location = { Location: 'Where it is.' } as const;

/** Whose an enrollment is, by its id, which is made of those of course and student. */
const studentOf = (id: string) => `usr_${id.split('_')[2] ?? ''}`;

/** Routes of enrollments: places and rosters. */
export const registrationRoutes = defineRoutes('enrollments', {
  enroll: {
    ...refusable,
    method: 'POST',
    path: '/api/enrollments',
    summary: 'Take a seat, or a place on the waitlist',
    description:
      'Answered after the durable commit. A registrar may enroll somebody else (`userId`) and set refusals aside (`override`); each use is audited.',
    caller: 'signed-in',
    scope: 'enrollments.write',
    choose: 'by-course',
    idempotency: 'required',
    body: enrollRequest,
    answers: {
      201: {
        description: 'Enrolled, or waitlisted.',
        schema: enrollment,
        example: examples.enrollment,
        headers: location,
      },
    },
    problems: {
      403: ['forbidden'],
      404: ['course_not_found', 'enrollment_not_found', 'user_not_found'],
      409: [...refusalCodes, 'drop_period_closed', 'enrollment_completed'],
    },
    examples: { body: { courseId: examples.courseId, joinWaitlist: true } },
  },
  listOwnEnrollments: {
    ...enrollments,
    method: 'GET',
    path: '/api/enrollments/me',
    summary: 'The own enrollments, newest first',
    description: 'Always shows the own last acknowledged write, on every instance.',
    caller: 'signed-in',
    query: ownEnrollmentsQuery,
    answers: {
      200: {
        description: 'A page.',
        schema: enrollmentPage,
        example: { items: [examples.enrollment], nextCursor: null },
      },
    },
    problems: { 400: ['invalid_cursor'] },
  },
  listEnrollments: {
    ...enrollments,
    method: 'GET',
    path: '/api/enrollments',
    audit: { read: 'enrollments_read', subject: ({ query }) => String(query['userId']) },
    summary: "One student's enrollments, newest first",
    caller: 'registrar',
    scope: 'enrollments.read',
    query: enrollmentsQuery,
    answers: {
      200: {
        description: 'A page.',
        schema: enrollmentPage,
        example: { items: [examples.enrollment], nextCursor: null },
      },
    },
    problems: { 400: ['invalid_cursor'] },
    examples: { query: { userId: examples.enrollment.userId } },
  },
  getEnrollment: {
    ...enrollments,
    method: 'GET',
    path: '/api/enrollments/:id',
    summary: 'One enrollment: the own, or of an own course, or any for a registrar',
    caller: 'signed-in',
    scope: 'enrollments.read',
    answers: { 200: { description: 'The enrollment.', schema: enrollment, example: examples.enrollment } },
    problems: { 404: ['enrollment_not_found'] },
    examples: ofEnrollment,
  },
  getEnrollmentHistory: {
    ...enrollments,
    method: 'GET',
    path: '/api/enrollments/:id/history',
    audit: { read: 'history_read', subject: ({ params }) => studentOf(params['id'] ?? '') },
    summary: 'Every change of an enrollment, oldest first',
    caller: 'signed-in',
    scope: 'enrollments.read',
    answers: {
      200: {
        description: 'The changes.',
        schema: enrollmentHistory,
        example: { items: [examples.historyEntry] },
      },
    },
    problems: { 404: ['enrollment_not_found'] },
    examples: ofEnrollment,
  },
  drop: {
    ...refusable,
    method: 'DELETE',
    path: '/api/enrollments/:id',
    summary: 'Give a seat back: dropped, or withdrawn after the drop deadline',
    caller: 'signed-in',
    scope: 'enrollments.write',
    choose: 'by-course',
    answers: {
      200: {
        description: 'The enrollment, ended.',
        schema: enrollment,
        example: { ...examples.enrollment, status: 'dropped', version: 2 },
      },
    },
    problems: {
      403: ['forbidden'],
      404: ['enrollment_not_found'],
      409: ['hold', 'drop_period_closed', 'enrollment_completed', 'linked_section_required'],
    },
    examples: ofEnrollment,
  },
  complete: {
    ...refusable,
    method: 'PATCH',
    path: '/api/enrollments/:id',
    summary: 'Complete an enrollment with its grade, or change its credits or its drop on promotion',
    description:
      'For registrars and the instructors of the course; these undo a completion for 30 days. `{grade}` alone corrects a completed one. `{credits}` (enrolled, while the window is open) and `{dropOnPromotion}` (waitlisted) are for the student and registrars.',
    caller: 'signed-in',
    scope: 'enrollments.write',
    choose: 'by-course',
    body: completeRequest,
    answers: {
      200: {
        description: 'The enrollment, completed.',
        schema: enrollment,
        example: { ...examples.enrollment, status: 'completed', grade: 'A', version: 2 },
      },
    },
    problems: {
      403: ['forbidden'],
      404: ['enrollment_not_found'],
      409: ['invalid_transition', ...refusalCodes],
    },
    examples: { ...ofEnrollment, body: { status: 'completed', grade: 'A' } },
  },
  swap: {
    ...refusable,
    method: 'POST',
    path: '/api/enrollments/swap',
    summary: 'Give one seat for another within a semester: both or neither',
    caller: 'signed-in',
    choose: 'by-course',
    idempotency: 'required',
    body: swapRequest,
    answers: {
      201: {
        description: 'The enrollment in the added course.',
        schema: enrollment,
        example: examples.enrollment,
        headers: location,
      },
    },
    problems: {
      404: ['course_not_found', 'enrollment_not_found'],
      409: [...refusalCodes, 'drop_period_closed', 'enrollment_completed', 'enrollment_ended'],
    },
    examples: { body: { dropEnrollmentId: examples.enrollment.id, addCourseId: examples.courseId } },
  },
  getRoster: {
    ...enrollments,
    method: 'GET',
    path: '/api/courses/:id/roster',
    audit: { read: 'roster_read' },
    summary: 'Who is in a course, in order of enrollment',
    description: 'For registrars and the instructors of the course.',
    caller: 'signed-in',
    scope: 'enrollments.read',
    timeLimitMs: 15_000,
    query: rosterQuery,
    answers: {
      200: {
        description: 'A page; as CSV the whole roster.',
        schema: rosterPage,
        example: {
          items: [
            { ...examples.enrollment, userName: 'Sam Student', userEmail: 'student@registrar.example' },
          ],
          nextCursor: null,
        },
        alternatives: {
          'text/csv': 'The whole roster as a file for a spreadsheet, which cannot run formulas from it.',
        },
      },
    },
    problems: { 400: ['invalid_cursor'], 403: ['forbidden'], 404: ['course_not_found'] },
    examples: ofCourse,
  },
  importEnrollments: {
    ...enrollments,
    method: 'POST',
    path: '/api/enrollments/import',
    summary: 'Enroll many students from a file',
    description: `At most ${maxImportLines} lines. Full courses waitlist. Lines of one student whose sections are linked are one change. The same file again changes nothing.`,
    caller: 'registrar',
    scope: 'enrollments.write',
    timeLimitMs: 120_000,
    idempotency: 'optional',
    query: importQuery,
    body: 'text/csv',
    answers: {
      200: {
        description: 'What became of the lines.',
        schema: importResult,
        example: { enrolled: 1, waitlisted: 0, refused: [] },
      },
    },
    examples: { body: `email,courseId\nstudent@registrar.example,${examples.courseId}\n` },
  },
});

import { defineRoutes } from '@registrar/contracts-http';
import * as examples from './examples.ts';
import { pageQuery } from './permits.ts';
import { maxTransferred, transferRequest, transferResult, waitlistPage } from './waitlist.ts';

const ofCourse = { params: { id: examples.courseId } } as const;

/** Routes of a course's waitlist, and of moving its students. */
export const waitlistRoutes = defineRoutes('enrollments', {
  getWaitlist: {
    tag: 'Enrollments',
    method: 'GET',
    path: '/api/courses/:id/waitlist',
    audit: { read: 'waitlist_read' },
    summary: 'Who waits for a course, in order',
    description: 'For registrars and the instructors of the course.',
    caller: 'signed-in',
    scope: 'enrollments.read',
    query: pageQuery,
    answers: {
      200: {
        description: 'A page.',
        schema: waitlistPage,
        example: {
          items: [
            {
              position: 1,
              enrollment: { ...examples.enrollment, status: 'waitlisted', waitlistPosition: 1 },
              userName: 'Sam Student',
              userEmail: 'student@registrar.example',
              passedOver: null,
            },
          ],
          nextCursor: null,
        },
      },
    },
    problems: { 400: ['invalid_cursor'], 403: ['forbidden'], 404: ['course_not_found'] },
    examples: ofCourse,
  },
  transferStudents: {
    tag: 'Enrollments',
    method: 'POST',
    path: '/api/courses/:id/transfer',
    summary: 'Move students to another section of the same code',
    description: `Up to ${maxTransferred} enrollments by id, or \`all\`. Judged by all rules but the window; each student both or neither, and told.`,
    caller: 'registrar',
    scope: 'enrollments.write',
    timeLimitMs: 120_000,
    idempotency: 'optional',
    body: transferRequest,
    answers: {
      200: {
        description: 'What came of it.',
        schema: transferResult,
        example: { moved: 1, refused: [] },
      },
    },
    problems: { 404: ['course_not_found'] },
    examples: {
      ...ofCourse,
      body: { toCourseId: 'crs_ixnwe5md5ibxebc7g33x', enrollmentIds: [examples.enrollment.id] },
    },
  },
});

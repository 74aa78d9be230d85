import {
  completeRequest,
  enrollRequest,
  enrollment,
  historyEntry,
  ownEnrollmentsQuery,
  refusalCodes,
  swapRequest,
} from '@registrar/contracts-enrollments';
import { z } from 'zod';
import type { Operation } from '../operation.ts';

/** The course of the examples. */
export const courseId = 'crs_ixnwe5md5ibxebc7g33w';
/** The enrollment of the examples. */
export const exampleEnrollment = {
  id: 'enr_ixnwe5md5ibxebc7g33w_fjqhaiowmpe2jfz56jbl',
  userId: 'usr_fjqhaiowmpe2jfz56jbl',
  courseId,
  semesterId: '2026-fall',
  courseCode: 'CS 101',
  courseTitle: 'Introduction to Programming',
  credits: 4,
  status: 'enrolled',
  waitlistPosition: null,
  enrolledAt: '2026-08-20T09:15:00.000Z',
  updatedAt: '2026-08-20T09:15:00.000Z',
  version: 1,
};
const enrollmentPage = z.strictObject({ items: z.array(enrollment), nextCursor: z.string().nullable() });
const history = z.strictObject({ items: z.array(historyEntry) });
const refusals = [...refusalCodes];
const ofEnrollment = { tag: 'Enrollments', parameters: { id: exampleEnrollment.id } } as const;
/** Seats, and who has them. */
export const enrollmentOperations: Operation[] = [
  {
    tag: 'Enrollments',
    id: 'enroll',
    method: 'post',
    path: '/api/enrollments',
    summary: 'Take a seat, or a place on the waitlist',
    description:
      'Answered after the durable commit. A registrar may enroll somebody else (`userId`) and set refusals aside (`override`); each use is audited.',
    caller: 'signed-in',
    idempotencyKey: 'required',
    body: { schema: enrollRequest, example: { courseId, joinWaitlist: true } },
    answers: [
      {
        status: 201,
        description: 'Enrolled, or waitlisted.',
        schema: enrollment,
        example: exampleEnrollment,
        headers: { Location: 'Where it is.' },
      },
    ],
    codes: { 403: ['forbidden'], 404: ['course_not_found', 'user_not_found'], 409: refusals },
  },
  {
    tag: 'Enrollments',
    id: 'listOwnEnrollments',
    method: 'get',
    path: '/api/enrollments/me',
    summary: 'The own enrollments, newest first',
    description: 'Always shows the own last acknowledged write, on every instance.',
    caller: 'signed-in',
    query: ownEnrollmentsQuery,
    answers: [
      {
        status: 200,
        description: 'A page.',
        schema: enrollmentPage,
        example: { items: [exampleEnrollment], nextCursor: null },
      },
    ],
    codes: { 400: ['invalid_cursor'] },
  },
  {
    ...ofEnrollment,
    id: 'getEnrollment',
    method: 'get',
    path: '/api/enrollments/{id}',
    summary: 'One enrollment: the own, or of an own course, or any for a registrar',
    caller: 'signed-in',
    answers: [
      { status: 200, description: 'The enrollment.', schema: enrollment, example: exampleEnrollment },
    ],
    codes: { 404: ['enrollment_not_found'] },
  },
  {
    ...ofEnrollment,
    id: 'getEnrollmentHistory',
    method: 'get',
    path: '/api/enrollments/{id}/history',
    summary: 'Every change of an enrollment, oldest first',
    caller: 'signed-in',
    answers: [
      {
        status: 200,
        description: 'The changes.',
        schema: history,
        example: {
          items: [
            {
              at: exampleEnrollment.enrolledAt,
              action: 'enrolled',
              actorId: exampleEnrollment.userId,
              actorRole: 'student',
              status: 'enrolled',
              reason: null,
              override: [],
            },
          ],
        },
      },
    ],
    codes: { 404: ['enrollment_not_found'] },
  },
  {
    ...ofEnrollment,
    id: 'drop',
    method: 'delete',
    path: '/api/enrollments/{id}',
    summary: 'Give a seat back: dropped, or withdrawn after the drop deadline',
    caller: 'signed-in',
    answers: [
      {
        status: 200,
        description: 'The enrollment, ended.',
        schema: enrollment,
        example: { ...exampleEnrollment, status: 'dropped', version: 2 },
      },
    ],
    codes: { 404: ['enrollment_not_found'], 409: ['drop_period_closed', 'enrollment_completed'] },
  },
  {
    ...ofEnrollment,
    id: 'complete',
    method: 'patch',
    path: '/api/enrollments/{id}',
    summary: 'Note that a student has completed the course',
    caller: 'instructor',
    body: { schema: completeRequest, example: { status: 'completed' } },
    answers: [
      {
        status: 200,
        description: 'The enrollment, completed.',
        schema: enrollment,
        example: { ...exampleEnrollment, status: 'completed', version: 2 },
      },
    ],
    codes: { 404: ['enrollment_not_found'], 409: ['invalid_transition'] },
  },
  {
    tag: 'Enrollments',
    id: 'swap',
    method: 'post',
    path: '/api/enrollments/swap',
    summary: 'Give one seat for another within a semester: both or neither',
    caller: 'signed-in',
    idempotencyKey: 'required',
    body: { schema: swapRequest, example: { dropEnrollmentId: exampleEnrollment.id, addCourseId: courseId } },
    answers: [
      {
        status: 201,
        description: 'The enrollment in the added course.',
        schema: enrollment,
        example: exampleEnrollment,
        headers: { Location: 'Where it is.' },
      },
    ],
    codes: {
      404: ['course_not_found', 'enrollment_not_found'],
      409: [...refusals, 'drop_period_closed', 'enrollment_completed', 'invalid_transition'],
    },
  },
];

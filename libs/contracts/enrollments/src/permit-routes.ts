import { defineRoutes } from '@registrar/contracts-http';
import * as examples from './examples.ts';
import {
  grantPermitRequest,
  pageQuery,
  permit,
  permitPage,
  permitRequest,
  permitRequestPage,
  reasonRequest,
} from './permits.ts';

const permits = { tag: 'Permits', caller: 'signed-in' } as const;
const ofCourse = { params: { id: examples.courseId } } as const;
const permitList = {
  200: {
    description: 'A page.',
    schema: permitPage,
    example: { items: [examples.permit], nextCursor: null },
  },
} as const;

/** Routes of permits and of requests for them. */
export const permitRoutes = defineRoutes('enrollments', {
  grantPermit: {
    ...permits,
    method: 'POST',
    path: '/api/courses/:id/permits',
    summary: 'Let one student take a course once although a rule says no',
    scope: 'enrollments.write',
    idempotency: 'optional',
    description:
      'For registrars and the instructors of the course, each for the refusals that they may set aside. Settles an open request of the student.',
    body: grantPermitRequest,
    answers: { 201: { description: 'The permit.', schema: permit, example: examples.permit } },
    problems: { 403: ['forbidden'], 404: ['course_not_found'] },
    examples: {
      ...ofCourse,
      body: { email: 'student@registrar.example', allows: ['permission_required'] },
    },
  },
  listPermits: {
    ...permits,
    method: 'GET',
    path: '/api/courses/:id/permits',
    audit: { read: 'permits_read' },
    summary: 'Permits of a course, newest first',
    scope: 'enrollments.read',
    description: 'For registrars and the instructors of the course.',
    query: pageQuery,
    answers: permitList,
    problems: { 400: ['invalid_cursor'], 403: ['forbidden'], 404: ['course_not_found'] },
    examples: ofCourse,
  },
  revokePermit: {
    ...permits,
    method: 'DELETE',
    path: '/api/courses/:id/permits/:permitId',
    summary: 'Revoke a permit; a revoked one is given as it is',
    scope: 'enrollments.write',
    description: 'For registrars and the instructors of the course.',
    answers: {
      200: {
        description: 'The permit, revoked.',
        schema: permit,
        example: { ...examples.permit, revokedAt: '2026-08-11T08:00:00.000Z' },
      },
    },
    problems: { 403: ['forbidden'], 404: ['course_not_found', 'permit_not_found'] },
    examples: { params: { id: examples.courseId, permitId: examples.permit.id } },
  },
  listOwnPermits: {
    ...permits,
    method: 'GET',
    path: '/api/permits/me',
    summary: 'The own permits, newest first',
    query: pageQuery,
    answers: permitList,
    problems: { 400: ['invalid_cursor'] },
  },
  requestPermit: {
    ...permits,
    method: 'POST',
    path: '/api/courses/:id/permit-requests',
    summary: 'Ask for a permit',
    idempotency: 'optional',
    description: 'One open request for each course and student.',
    body: reasonRequest,
    answers: { 201: { description: 'The request.', schema: permitRequest, example: examples.permitRequest } },
    problems: { 404: ['course_not_found'], 409: ['course_not_open', 'permit_request_exists'] },
    examples: { ...ofCourse, body: { reason: examples.permitRequest.reason } },
  },
  listPermitRequests: {
    ...permits,
    method: 'GET',
    path: '/api/courses/:id/permit-requests',
    audit: { read: 'permit_requests_read' },
    summary: 'Requests for permits of a course, newest first',
    scope: 'enrollments.read',
    description: 'For registrars and the instructors of the course.',
    query: pageQuery,
    answers: {
      200: {
        description: 'A page.',
        schema: permitRequestPage,
        example: { items: [examples.permitRequest], nextCursor: null },
      },
    },
    problems: { 400: ['invalid_cursor'], 403: ['forbidden'], 404: ['course_not_found'] },
    examples: ofCourse,
  },
  declinePermitRequest: {
    ...permits,
    method: 'DELETE',
    path: '/api/courses/:id/permit-requests/:requestId',
    summary: 'Decline a request for a permit; a declined one is given as it is',
    scope: 'enrollments.write',
    description: 'For registrars and the instructors of the course.',
    body: reasonRequest,
    answers: {
      200: {
        description: 'The request, declined.',
        schema: permitRequest,
        example: { ...examples.permitRequest, status: 'declined' },
      },
    },
    problems: {
      403: ['forbidden'],
      404: ['course_not_found', 'permit_request_not_found'],
      409: ['permit_request_granted'],
    },
    examples: {
      params: { id: examples.courseId, requestId: examples.permitRequest.id },
      body: { reason: 'The course is for majors.' },
    },
  },
});

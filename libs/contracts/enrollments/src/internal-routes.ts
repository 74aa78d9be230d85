import { defineRoutes } from '@registrar/contracts-http';
import {
  courseSeats,
  offeringUpdate,
  permitNote,
  seatsAnswer,
  seatsRequest,
  semesterUpdate,
  semesterVersion,
} from './internal.ts';

/** A change has 2.5 s; a reader without counts waits 2 s for them: below the 3 s that its request has. */
const internal = { tag: 'Internal', caller: { services: ['courses'] } } as const;

/** What other services ask of enrollments. */
export const internalEnrollmentRoutes = defineRoutes('enrollments', {
  putOffering: {
    ...internal,
    method: 'PUT',
    timeLimitMs: 2_500,
    path: '/internal/offerings/:courseId',
    summary: 'What enrollments must know of a course before the courses service answers for it',
    description: 'Idempotent by `version`: one not newer changes nothing.',
    body: offeringUpdate,
    answers: { 200: { description: 'The seats.', schema: courseSeats } },
    problems: { 409: ['capacity_below_enrolled'] },
  },
  putSemesterWindows: {
    ...internal,
    method: 'PUT',
    timeLimitMs: 2_500,
    path: '/internal/semesters/:id',
    summary: 'Windows and limits of a semester',
    description: 'Idempotent by `version`.',
    body: semesterUpdate,
    answers: { 200: { description: 'The version that was taken over.', schema: semesterVersion } },
  },
  getSeatCounts: {
    ...internal,
    method: 'POST',
    timeLimitMs: 2_000,
    path: '/internal/seats/batch-get',
    summary: 'The seats of up to 200 courses; unknown ones are left out',
    body: seatsRequest,
    answers: { 200: { description: 'The seats.', schema: seatsAnswer } },
  },
  getPermitNote: {
    tag: 'Internal',
    caller: { services: ['notifications'] },
    method: 'GET',
    timeLimitMs: 2_000,
    path: '/internal/permits/:id/note',
    summary: 'What was written with a permit, or why a request for one was declined',
    answers: { 200: { description: 'The words, empty where there are none.', schema: permitNote } },
    problems: { 404: ['permit_not_found'] },
  },
});

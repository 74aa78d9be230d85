import { defineRoutes } from '@registrar/contracts-http';
import * as examples from './examples.ts';
import { hold, holdPage, holdsQuery, ownHoldsQuery, ownWindow, placeHoldRequest } from './holds.ts';
import { recordImport } from './record-import-route.ts';

const holds = { tag: 'Holds' } as const;
const theHold = { description: 'The hold.', schema: hold, example: examples.hold } as const;

const holdList = {
  200: {
    description: 'A page; released ones too.',
    schema: holdPage,
    example: { items: [examples.hold], nextCursor: null },
  },
} as const;

/** Routes of what keeps a student from enrolling: holds, and a window that is not open yet. */
export const holdRoutes = defineRoutes('enrollments', {
  getOwnWindow: {
    ...holds,
    method: 'GET',
    path: '/api/semesters/:id/window',
    summary: 'When the caller may enroll, and the holds in force',
    caller: 'signed-in',
    answers: {
      200: {
        description: 'The window.',
        schema: ownWindow,
        example: {
          opensAt: '2026-08-18T12:00:00.000Z',
          closesAt: '2026-12-01T00:00:00.000Z',
          ticket: 'Seniors',
          isOpen: true,
          holds: [],
        },
      },
    },
    problems: { 404: ['semester_not_found'] },
    examples: { params: { id: examples.enrollment.semesterId } },
  },
  placeHold: {
    ...holds,
    method: 'POST',
    path: '/api/holds',
    summary: 'Place a hold; in force for the very next request',
    caller: 'registrar',
    scope: 'holds.write',
    idempotency: 'optional',
    body: placeHoldRequest,
    answers: { 201: theHold },
    examples: {
      body: { userId: examples.student.userId, office: 'Student Accounts', reason: 'A library fee is open.' },
    },
  },
  importHolds: {
    ...holds,
    ...recordImport,
    path: '/api/holds/import',
    summary: 'Place many holds from a file',
    scope: 'holds.write',
    examples: {
      body: 'email,office,reason,blocks\nstudent@registrar.example,Student Accounts,A library fee is open.,enroll\n',
    },
  },
  listOwnHolds: {
    ...holds,
    method: 'GET',
    path: '/api/holds/me',
    summary: 'The own holds, newest first',
    caller: 'signed-in',
    query: ownHoldsQuery,
    answers: holdList,
    problems: { 400: ['invalid_cursor'] },
  },
  listHolds: {
    ...holds,
    method: 'GET',
    path: '/api/holds',
    audit: { read: 'holds_read', subject: ({ query }) => query['userId'] as string | undefined },
    summary: 'Holds, newest first',
    caller: 'registrar',
    scope: 'holds.write',
    query: holdsQuery,
    answers: holdList,
    problems: { 400: ['invalid_cursor'] },
  },
  releaseHold: {
    ...holds,
    method: 'DELETE',
    path: '/api/holds/:id',
    summary: 'Release a hold; a released one is given as it is',
    caller: 'registrar',
    scope: 'holds.write',
    answers: {
      200: {
        description: 'The hold, released.',
        schema: hold,
        example: {
          ...examples.hold,
          releasedAt: '2026-08-02T08:00:00.000Z',
          releasedBy: 'usr_registrarregistrarre',
        },
      },
    },
    problems: { 404: ['hold_not_found'] },
    examples: { params: { id: examples.hold.id } },
  },
});

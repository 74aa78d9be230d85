import { defineRoutes } from '@registrar/contracts-http';
import * as examples from './examples.ts';
import { erasure, erasureBegun, exportBegun } from './privacy.ts';

const privacy = { tag: 'Privacy' } as const;
const erasureId = 'era_fjqhaiowmpe2jfz56jbl';
const exportId = 'exp_fjqhaiowmpe2jfz56jbl';

/** Routes of erasure and of the export of the own data. */
export const privacyRoutes = defineRoutes('gateway', {
  eraseUser: {
    ...privacy,
    method: 'POST',
    path: '/api/users/:id/erasure',
    summary: 'Erase a person everywhere, for good',
    description: 'The enrollments stay under the opaque id. The last active admin cannot be erased.',
    caller: 'admin',
    idempotency: 'optional',
    answers: { 202: { description: 'It has begun.', schema: erasureBegun, example: { id: erasureId } } },
    problems: { 404: ['user_not_found'], 409: ['last_admin'] },
    examples: { params: { id: examples.user.id } },
  },
  getErasure: {
    ...privacy,
    method: 'GET',
    path: '/api/erasures/:id',
    summary: 'How far an erasure is',
    caller: 'admin',
    answers: {
      200: {
        description: 'The erasure.',
        schema: erasure,
        example: {
          id: erasureId,
          userId: examples.user.id,
          status: 'running',
          services: [
            { name: 'gateway', state: 'done' },
            { name: 'courses', state: 'done' },
            { name: 'enrollments', state: 'running' },
            { name: 'notifications', state: 'running' },
          ],
        },
      },
    },
    problems: { 404: ['erasure_not_found'] },
    examples: { params: { id: erasureId } },
  },
  exportOwnData: {
    ...privacy,
    method: 'POST',
    path: '/api/users/me/export',
    summary: 'Have everything about oneself collected',
    description: 'A notification tells when it is ready. It can be downloaded for 7 days.',
    caller: 'signed-in',
    idempotency: 'optional',
    answers: { 202: { description: 'It has begun.', schema: exportBegun, example: { id: exportId } } },
    problems: { 429: ['too_many_exports'] },
    examples: {},
  },
  getOwnExport: {
    ...privacy,
    method: 'GET',
    path: '/api/users/me/exports/:id',
    summary: 'Everything about oneself, as a zip of JSON and CSV',
    caller: 'signed-in',
    conditional: 'none',
    timeLimitMs: 30_000,
    answers: {
      200: {
        description: 'The data.',
        alternatives: {
          'application/zip': 'JSON and CSV files of everything that is kept about the caller.',
        },
      },
    },
    problems: { 404: ['export_not_found'] },
    examples: { params: { id: exportId } },
  },
});

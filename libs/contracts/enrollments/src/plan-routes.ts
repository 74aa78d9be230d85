import { defineRoutes } from '@registrar/contracts-http';
import * as examples from './examples.ts';
import { plan, planCheck, planRequest } from './plans.ts';

const plans = { tag: 'Plans', caller: 'signed-in' } as const;
const ofSemester = { params: { semesterId: '2026-fall' } } as const;
const thePlan = { 200: { description: 'The plan.', schema: plan, example: examples.plan } } as const;

/** Routes of plans. */
export const planRoutes = defineRoutes('enrollments', {
  getPlan: {
    ...plans,
    method: 'GET',
    path: '/api/plans/:semesterId',
    summary: 'The own plan for a semester; an empty one where there is none',
    answers: thePlan,
    problems: { 404: ['semester_not_found'] },
    examples: ofSemester,
  },
  putPlan: {
    ...plans,
    method: 'PUT',
    path: '/api/plans/:semesterId',
    summary: 'Keep the own plan for a semester',
    description: 'Replaces it. `If-Match` is honoured where it is sent.',
    body: planRequest,
    answers: thePlan,
    problems: { 404: ['semester_not_found'], 412: ['version_conflict'] },
    examples: { ...ofSemester, body: { entries: examples.plan.entries, armed: false } },
  },
  checkPlan: {
    ...plans,
    method: 'POST',
    path: '/api/plans/:semesterId/check',
    summary: 'What the own plan would come to at the own opening',
    description: 'Reads only. Entries in order, each as after what those before it chose.',
    answers: {
      200: {
        description: 'Problems of every choice.',
        schema: planCheck,
        example: {
          opensAt: '2026-08-20T09:00:00.000Z',
          entries: [{ chosen: 0, choices: [{ problems: [] }] }],
        },
      },
    },
    problems: { 404: ['semester_not_found'] },
    examples: ofSemester,
  },
});

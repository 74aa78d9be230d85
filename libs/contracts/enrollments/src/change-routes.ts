import { defineRoutes } from '@registrar/contracts-http';
import { changesAnswer, changesRequest, maxChanges } from './changes.ts';
import * as examples from './examples.ts';
import { importQuery } from './import.ts';
import { refusalParams } from './refusal-params.ts';

/** The route of change sets. */
export const changeRoutes = defineRoutes('enrollments', {
  changeEnrollments: {
    tag: 'Enrollments',
    problemParams: refusalParams,
    method: 'POST',
    path: '/api/enrollments/changes',
    summary: 'Take and give up several places in one semester',
    description: `Up to ${maxChanges} changes, with the drops that follow from links, in one commit. \`all\`: everything, or 409 with all problems of all entries. \`each\`: what no rule stops. \`?dryRun=true\` (which needs no key) judges the same and changes nothing.`,
    caller: 'signed-in',
    scope: 'enrollments.write',
    choose: 'by-course',
    idempotency: 'optional',
    query: importQuery,
    body: changesRequest,
    answers: {
      200: {
        description: 'What came of each entry: drops, then adds, as given.',
        schema: changesAnswer,
        example: { applied: true, results: [examples.changeResult] },
      },
    },
    problems: {
      400: ['idempotency_key_required'],
      403: ['forbidden'],
      404: ['course_not_found', 'enrollment_not_found', 'user_not_found'],
      409: ['changes_refused'],
    },
    examples: { body: { add: [{ courseId: examples.courseId }], drop: [], mode: 'all' } },
  },
});

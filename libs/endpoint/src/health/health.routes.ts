import { defineRoutes } from '@registrar/contracts-http';
import { z } from 'zod';

const live = z.strictObject({ status: z.literal('live') });
const dependency = z.object({ state: z.enum(['up', 'connecting', 'down']), detail: z.string().optional() });
const readiness = z.strictObject({
  status: z.enum(['ready', 'degraded', 'starting', 'unavailable', 'stopping']),
  dependencies: z.record(z.string(), dependency),
});
const probe = {
  tag: 'Operations',
  method: 'GET',
  caller: 'anonymous',
  conditional: 'none',
  cache: { control: 'no-store' },
  limit: 'operations',
} as const;

/** Health of an app, on its own port; the gateway shows its own. */
export const healthRoutes = defineRoutes('gateway', {
  live: {
    ...probe,
    path: '/health/live',
    summary: 'Whether the process is alive',
    answers: { 200: { description: 'It is.', schema: live, example: { status: 'live' } } },
  },
  ready: {
    ...probe,
    path: '/health/ready',
    summary: 'Whether it can do its work, and how each dependency stands',
    answers: {
      200: {
        description: 'It can.',
        schema: readiness,
        example: { status: 'ready', dependencies: { dynamodb: { state: 'up' } } },
      },
    },
    problems: { 503: ['unavailable'] },
  },
});

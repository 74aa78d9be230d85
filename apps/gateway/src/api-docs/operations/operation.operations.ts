import { z } from 'zod';
import type { Operation } from '../operation.ts';

const tag = 'Operations';
const live = z.strictObject({ status: z.literal('live') });
const dependency = z.object({ state: z.enum(['up', 'connecting', 'down']), detail: z.string().optional() });
const readiness = z.strictObject({
  status: z.enum(['ready', 'degraded', 'starting', 'unavailable', 'stopping']),
  dependencies: z.record(z.string(), dependency),
});
const jwks = z.strictObject({
  keys: z.array(
    z.strictObject({
      kty: z.literal('EC'),
      crv: z.literal('P-256'),
      x: z.string(),
      y: z.string(),
      kid: z.string(),
      alg: z.literal('ES256'),
      use: z.literal('sig'),
    }),
  ),
});

/** Health and keys. */
export const operationOperations: Operation[] = [
  {
    tag,
    own: true,
    id: 'live',
    method: 'get',
    path: '/health/live',
    summary: 'Whether the process is alive',
    caller: 'public',
    answers: [{ status: 200, description: 'It is.', schema: live, example: { status: 'live' } }],
  },
  {
    tag,
    own: true,
    id: 'ready',
    method: 'get',
    path: '/health/ready',
    summary: 'Whether it can do its work, and how each dependency stands',
    caller: 'public',
    answers: [
      {
        status: 200,
        description: 'It can.',
        schema: readiness,
        example: { status: 'ready', dependencies: { dynamodb: { state: 'up' } } },
      },
    ],
  },
  {
    tag,
    own: true,
    id: 'keys',
    method: 'get',
    path: '/.well-known/jwks.json',
    summary: 'The public keys of access tokens',
    caller: 'public',
    answers: [{ status: 200, description: 'The keys.', schema: jwks }],
  },
];

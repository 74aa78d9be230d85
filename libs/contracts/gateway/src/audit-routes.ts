import type { RouteInput } from '@registrar/contracts-http';
import { auditPage, auditQuery } from './audit.ts';
import type { AuditRecord } from './audit.ts';

const example: AuditRecord = {
  at: '2026-08-31T14:03:20.114Z',
  actorId: 'usr_4x2k7ndvq5hzj3mwt6ra',
  clientId: null,
  subjectId: 'usr_zyxwvutsrqponmlkjihg',
  action: 'roles_changed',
  resource: 'user:usr_zyxwvutsrqponmlkjihg',
  before: { roles: ['student'] },
  after: { roles: ['student', 'instructor'] },
  traceId: '0af7651916cd43dd8448eb211c80319c',
};

/** Routes of the audit records. */
export const auditRoutes = {
  listAudit: {
    tag: 'Operations',
    method: 'GET',
    path: '/api/audit',
    summary: 'Who did, read or was refused what, the newest first',
    description:
      'Of personal fields it says only `"changed"`. A record is here within seconds. A page may have fewer than `limit` records, or none, where there are more: go on while there is a `nextCursor`.',
    caller: 'admin',
    query: auditQuery,
    answers: {
      200: {
        description: 'A page.',
        schema: auditPage,
        example: { items: [example], nextCursor: null },
      },
    },
    problems: { 400: ['invalid_cursor'] },
    examples: { query: { action: 'roles_changed' } },
  },
} as const satisfies Readonly<Record<string, RouteInput>>;

import { defineRoutes } from '@registrar/contracts-http';
import { z } from 'zod';

/** Rows by the name of the file that they go to. */
export const exportedRows = z.record(z.string(), z.array(z.record(z.string(), z.unknown())));

/** What the gateway asks of every other service for an export of personal data. */
export const exportRoutes = defineRoutes('gateway', {
  exportPersonalData: {
    tag: 'Internal',
    method: 'GET',
    path: '/internal/users/:id/export',
    summary: 'Everything that the service keeps of one person',
    caller: { services: ['gateway'] },
    timeLimitMs: 8_000,
    answers: { 200: { description: 'The rows.', schema: exportedRows } },
  },
});

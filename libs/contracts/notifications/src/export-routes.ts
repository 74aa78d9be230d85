import { defineRoutes } from '@registrar/contracts-http';
import { z } from 'zod';

/** Everything that the service keeps of one person: rows by the name of their file. */
export const notificationsExport = z.record(z.string(), z.array(z.record(z.string(), z.unknown())));

/** What the gateway asks of notifications for an export of personal data. */
export const exportNotificationsRoutes = defineRoutes('notifications', {
  exportNotificationsData: {
    tag: 'Internal',
    method: 'GET',
    path: '/internal/users/:id/export',
    summary: 'Everything that the service keeps of one person',
    caller: { services: ['gateway'] },
    timeLimitMs: 8_000,
    answers: { 200: { description: 'The rows.', schema: notificationsExport } },
  },
});

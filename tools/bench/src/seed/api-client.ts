import { courseRoutes } from '@registrar/contracts-courses';
import { enrollmentRoutes } from '@registrar/contracts-enrollments';
import { createClient } from '@registrar/contracts-http';
import type { Client } from '@registrar/contracts-http';
import { retryingSend } from '@registrar/stack';

const routes = { ...courseRoutes, ...enrollmentRoutes };

/** The API of the system at `origin`; a request waits and is repeated for minutes before it fails. */
export function seedApi(origin: string): Client<typeof routes> {
  return createClient(
    routes,
    retryingSend(origin, { tries: 100, timeoutMs: 300_000, longestDelayMs: 60_000 }),
  );
}

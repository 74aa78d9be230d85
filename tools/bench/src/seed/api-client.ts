import { setTimeout as delay } from 'node:timers/promises';
import { courseRoutes } from '@registrar/contracts-courses';
import { enrollmentRoutes } from '@registrar/contracts-enrollments';
import { createClient, fetchFrom } from '@registrar/contracts-http';
import type { Client } from '@registrar/contracts-http';

const routes = { ...courseRoutes, ...enrollmentRoutes };
const timeoutMs = 300_000;
const tries = 40;
const passing = new Set([429, 502, 503, 504]);

/** The API of the system at `origin`; it waits and repeats where `Retry-After` says so. */
export function patientApi(origin: string): Client<typeof routes> {
  const send = fetchFrom(origin, { timeoutMs });
  return createClient(routes, async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await send(request);
      const mayPass = passing.has(answer.status) || answer.headers['retry-after'] !== undefined;
      if (answer.status < 300 || !mayPass || attempt === tries) return answer;
      await delay(100 * attempt);
    }
  });
}

import { courseRoutes } from '@registrar/contracts-courses';
import { enrollmentRoutes } from '@registrar/contracts-enrollments';
import { gatewayRoutes } from '@registrar/contracts-gateway';
import { createClient } from '@registrar/contracts-http';
import type { Client } from '@registrar/contracts-http';
import { StackFault } from '../stack-fault.ts';
import { retryingSend } from './retrying-send.ts';

const routes = { ...courseRoutes, ...enrollmentRoutes, ...gatewayRoutes };

/**
 * The API of the server at `origin`.
 *
 * A call throws StackFault for a refusal whose status is not among `alsoFine`.
 */
export function demoApi(origin: string, alsoFine: readonly number[] = []): Client<typeof routes> {
  const send = retryingSend(origin);
  return createClient(routes, async (request) => {
    const answer = await send(request);
    const { status, text } = answer;
    if (status < 300 || alsoFine.includes(status)) return answer;
    const { method, target } = request;
    throw new StackFault(
      `The demo data cannot be loaded: ${method} ${origin}${target} answered ${status} ${text}`,
    );
  });
}

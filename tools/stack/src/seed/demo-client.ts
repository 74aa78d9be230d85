import { setTimeout as delay } from 'node:timers/promises';
import { courseRoutes } from '@registrar/contracts-courses';
import { gatewayRoutes } from '@registrar/contracts-gateway';
import { createClient, fetchFrom } from '@registrar/contracts-http';
import type { Client } from '@registrar/contracts-http';
import { StackFault } from '../stack-fault.ts';

const routes = { ...courseRoutes, ...gatewayRoutes };
const timeoutMs = 15_000;
const mostTries = 8;
/** Who asks for more patience than that does not want the request at all. */
const longestPatienceMs = 5_000;

/** Statuses after which the same request may succeed a little later. */
const passing = new Set([429, 502, 503, 504]);

/**
 * The API of the server at `origin`, as any client calls it; it waits and repeats where `Retry-After` says so.
 *
 * A call throws StackFault for a refusal whose status is not among `alsoFine`.
 */
export function demoApi(origin: string, alsoFine: readonly number[] = []): Client<typeof routes> {
  const send = fetchFrom(origin, { timeoutMs });
  return createClient(routes, async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await send(request);
      const { status, headers, text } = answer;
      const patienceMs = 1_000 * Number(headers['retry-after'] ?? 0.25);
      if (passing.has(status) && attempt < mostTries && patienceMs <= longestPatienceMs) {
        await delay(patienceMs);
        continue;
      }
      if (status < 300 || alsoFine.includes(status)) return answer;
      const { method, target } = request;
      throw new StackFault(
        `The demo data cannot be loaded: ${method} ${origin}${target} answered ${status} ${text}`,
      );
    }
  });
}

/** Works through `items`, at most `width` at a time. */
export async function eachOf<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const waiting = items.values();
  const workers = Array.from({ length: width }, async () => {
    for (const item of waiting) await work(item);
  });
  await Promise.all(workers);
}

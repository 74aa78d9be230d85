import { setTimeout as delay } from 'node:timers/promises';
import { fetchFrom } from '@registrar/contracts-http';
import type { Send } from '@registrar/contracts-http';

/** Statuses after which the same request may succeed a little later. */
const transient = new Set([429, 502, 503, 504]);

/** How often a request is sent, and how long each try may take. */
export interface SendOptions {
  readonly tries?: number;
  readonly timeoutMs?: number;
  /** A longer `Retry-After` is not waited for: the answer is returned. */
  readonly longestDelayMs?: number;
}

/** Sends to the server at `origin`; repeats a request that may succeed later, when `Retry-After` says so. */
export function retryingSend(
  origin: string,
  { tries = 8, timeoutMs = 15_000, longestDelayMs = 5_000 }: SendOptions = {},
): Send {
  const send = fetchFrom(origin, { timeoutMs });
  return async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await send(request);
      const retryAfter = answer.headers['retry-after'];
      const mayPass = answer.status >= 300 && (transient.has(answer.status) || retryAfter !== undefined);
      const delayMs = 1_000 * Number(retryAfter ?? 0.25);
      if (!mayPass || attempt === tries || delayMs > longestDelayMs) return answer;
      await delay(delayMs);
    }
  };
}

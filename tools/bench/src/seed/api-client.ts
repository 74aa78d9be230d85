import { setTimeout as delay } from 'node:timers/promises';

/** A request to the system, as any client would send it. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly url: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}

const tries = 40;
const passing = new Set([429, 502, 503, 504]);

/**
 * Sends a request and reads its JSON; waits and repeats where the system asks for patience.
 *
 * @throws Error with what the system said to a request that it refuses
 */
export async function call<Body>(request: ApiRequest): Promise<Body> {
  const { method, url, token, body, idempotencyKey } = request;
  const headers: Record<string, string> = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  };
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(url, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (answer.ok) return JSON.parse(text) as Body;
    const mayPass = passing.has(answer.status) || answer.headers.has('retry-after');
    if (!mayPass || attempt === tries) throw new Error(`${method} ${url} answered ${answer.status}: ${text}`);
    await delay(100 * attempt);
  }
}

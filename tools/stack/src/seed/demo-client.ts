import { setTimeout as delay } from 'node:timers/promises';
import { StackFault } from '../stack-fault.ts';

/** A request of the seed. */
export interface DemoRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly body?: unknown;
  readonly token?: string;
}

/** What came back; the body is not known to have any form. */
export interface DemoAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const timeoutMs = 15_000;
const mostTries = 8;
/** Who asks for more patience than that does not want the request at all. */
const longestPatienceMs = 5_000;

/** Statuses after which the same request may succeed a little later. */
const passing = new Set([429, 502, 503, 504]);

/**
 * Sends a request as any client would; waits and repeats when the system asks for patience.
 *
 * @throws StackFault for a status that is neither below 300 nor among `alsoFine`
 */
export async function send(request: DemoRequest, alsoFine: readonly number[] = []): Promise<DemoAnswer> {
  const { method, url, body, token } = request;
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(url, {
      method,
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const patienceMs = 1_000 * Number(response.headers.get('retry-after') ?? 0.25);
    if (passing.has(response.status) && attempt < mostTries && patienceMs <= longestPatienceMs) {
      await delay(patienceMs);
      continue;
    }
    if (response.ok || alsoFine.includes(response.status)) {
      return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as DemoAnswer['body'] };
    }
    throw new StackFault(
      `The demo data cannot be loaded: ${method} ${url} answered ${response.status} ${text}`,
    );
  }
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

import type { ProblemBody } from './problem.ts';
import type { Route, Routes } from './route.ts';
import type { AnswerOf, AskOf } from './route-types.ts';

/** A request as it is sent. */
export interface SentRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array | undefined;
}

/** What came back; `text` is empty where there was no body. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Sends a request and waits for the whole answer. */
export type Send = (request: SentRequest) => Promise<RawAnswer>;

/** An answer: good with its body, or a problem. */
export type Answer<Body> = {
  /** Method and target, for messages. */
  readonly asked: string;
  readonly status: number;
  readonly headers: RawAnswer['headers'];
} & ({ readonly ok: true; readonly body: Body } | { readonly ok: false; readonly problem: ProblemBody });

/** One function for each route. */
export type Client<R extends Routes> = {
  readonly [Id in keyof R]: (ask: AskOf<R[Id]>) => Promise<Answer<AnswerOf<R[Id]>>>;
};

/** What any route is asked with, where its types are not known. */
export interface AnyAsk {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly key?: string;
  readonly ifMatch?: string;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A client of `routes`, with the types of their schemas. Of a route only method and path are used when it runs:
 * nothing is checked here, the service does that.
 *
 * Failure: rejects as `send` does, and with SyntaxError for an answer that is no JSON; a refusal is an answer.
 */
export function createClient<const R extends Routes>(routes: R, send: Send): Client<R> {
  const calls = Object.entries(routes).map(([id, route]) => [
    id,
    async (ask: AnyAsk) => {
      const request = requestOf(route, ask);
      return answerOf(request, await send(request));
    },
  ]);
  return Object.fromEntries(calls) as Client<R>;
}

/** The request that calls `route`, for a caller that reads the answer itself. */
export function requestOf<const R extends Route>(route: R, ask: AskOf<R>): SentRequest {
  const { method, path, body: taken } = route;
  const { params = {}, query = {}, body, key, ifMatch, token, headers } = ask as AnyAsk;
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] satisfies [string, string]],
    ),
  ).toString();
  const isBytes = typeof taken === 'string';
  return {
    method,
    target: search === '' ? filled : `${filled}?${search}`,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': isBytes ? taken : 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      ...headers,
    },
    body: body === undefined ? undefined : isBytes ? (body as string | Uint8Array) : JSON.stringify(body),
  };
}

/**
 * The body of a good answer.
 *
 * @throws Error that says what the server said to a request that it refused
 */
export function bodyOf<Body>(answer: Answer<Body>): Body {
  if (answer.ok) return answer.body;
  throw new Error(`${answer.asked} was answered ${answer.status}: ${JSON.stringify(answer.problem)}`);
}

/** Every item of a paged list, asked for in the largest pages. */
export async function* itemsOf<Item>(
  pageOf: (paging: {
    limit: number;
    cursor?: string;
  }) => Promise<{ items: Item[]; nextCursor: string | null }>,
): AsyncGenerator<Item> {
  let cursor: string | null = '';
  do {
    const page: Awaited<ReturnType<typeof pageOf>> = await pageOf({ limit: 100, ...(cursor && { cursor }) });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

function answerOf({ method, target }: SentRequest, { status, headers, text }: RawAnswer): Answer<unknown> {
  const isJson = /\bjson\b/.test(String(headers['content-type'] ?? ''));
  const body: unknown = text === '' ? undefined : isJson ? JSON.parse(text) : text;
  const answer = { asked: `${method} ${target}`, status, headers };
  return status >= 200 && status < 300
    ? { ...answer, ok: true, body }
    : { ...answer, ok: false, problem: body as ProblemBody };
}

/** Sends by the platform's `fetch` to the server at `origin`, such as `http://127.0.0.1:3000`. */
export function fetchFrom(origin: string, { timeoutMs = 30_000 } = {}): Send {
  return async ({ method, target, headers, body }) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const sent = body === undefined ? {} : { body: body as NonNullable<RequestInit['body']> };
    const answer = await fetch(`${origin}${target}`, { method, headers, signal, ...sent });
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      text: await answer.text(),
    };
  };
}

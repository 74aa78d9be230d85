import type { AnyAsk } from '@registrar/contracts-http';
import { ApiProblem, problemOf, SessionEnded, Unreachable } from './problems.ts';
import type { AnswerTo, Ask, RouteName } from './routes.ts';
import { serverClock } from './server-clock.ts';
import { session } from './session.ts';

/** A request as it goes out; a write that counts is stored in this form and sent again as it is. */
export interface ApiRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly body?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

type SentAsk = AnyAsk & { readonly signal?: AbortSignal };

/** The request that calls a route. */
export function requestOf<Name extends RouteName>(name: Name, ask: Ask<Name>): ApiRequest {
  const { params = {}, query = {}, body, key, ifMatch, headers } = ask as SentAsk;
  const [method = '', path = ''] = name.split(' ', 2);
  const filled = path.replaceAll(/:(\w+)/g, (_, part: string) => encodeURIComponent(params[part] ?? ''));
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([field, value]) =>
      value === undefined || value === '' ? [] : [[field, String(value)]],
    ),
  ).toString();
  return {
    method,
    target: search === '' ? filled : `${filled}?${search}`,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: {
      ...(key !== undefined && { 'idempotency-key': key }),
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      ...headers,
    },
  };
}

/**
 * Calls a route of the API with the session's token, where there is one.
 *
 * Failure: ApiProblem for a refusal, Unreachable without an answer, SessionEnded where the session is over and cannot
 * be renewed.
 */
export async function callApi<Name extends RouteName>(name: Name, ask: Ask<Name>): Promise<AnswerTo<Name>> {
  const response = await sendRequest(requestOf(name, ask), (ask as SentAsk).signal);
  return (
    response.headers.get('content-length') === '0' || response.status === 204
      ? undefined
      : await readJson(response)
  ) as AnswerTo<Name>;
}

/**
 * Sends a request. On 401 the session is renewed once and the same request sent again, with the same key.
 *
 * Failure: as `callApi`.
 */
export async function sendRequest(request: ApiRequest, signal?: AbortSignal): Promise<Response> {
  const token = await session.token();
  const response = await fetchOnce(request, token, signal);
  if (response.ok) return response;
  const problem = await problemOf(response);
  // A wrong password is a 401 as well: it says nothing about the session.
  const isSessionFault = response.status === 401 && problem.body.code !== 'invalid_credentials';
  if (!isSessionFault || token === undefined) throw problem;
  const renewed = await session.renew(token);
  if (renewed === undefined) throw new SessionEnded();
  const second = await fetchOnce(request, renewed, signal);
  if (second.ok) return second;
  throw await problemOf(second);
}

/** Sends once with that token, as it is; the clock learns from the answer. @throws Unreachable */
export async function fetchOnce(
  { method, target, body, headers }: ApiRequest,
  token?: string,
  signal?: AbortSignal,
): Promise<Response> {
  const sentAtMs = Date.now();
  try {
    const response = await fetch(target, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body }),
      ...(signal !== undefined && { signal }),
    });
    serverClock.observe(response.headers.get('date'), sentAtMs, Date.now());
    return response;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unreachable(error);
  }
}

/** The body of an answer; a connection that breaks in the middle is no answer. */
async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    throw error instanceof SyntaxError && response.headers.get('content-length') !== null
      ? new ApiProblem({
          status: response.status,
          code: 'unexpected_answer',
          detail: 'The answer is not JSON.',
        })
      : new Unreachable(error);
  }
}

import { Problem } from '@registrar/service';

/** A success as it goes out. */
export interface Answer<T = unknown> {
  status: number;
  /** Headers that belong to the answer and are given again with it: `location`, `etag`. */
  headers?: Record<string, string | string[]>;
  body: T;
}

/** An answer, and whether it is the stored one of an earlier request. */
export interface Answered<T = unknown> extends Answer<T> {
  replayed: boolean;
}

/** What is kept of an answer: a success, or a refusal as the parts of its problem. */
export type StoredAnswer = Answer | RefusalAnswer;

/** A refusal, kept so that the same problem can be thrown again. */
export interface RefusalAnswer {
  status: 404 | 409;
  refusal: { code: string; detail: string; members: Record<string, unknown> };
}

/** Header that marks a stored answer. */
const replayedHeader = 'idempotency-replayed';

/**
 * The refusal to keep for `error`, or undefined where it must not be kept: a retry may end otherwise after
 * 401, 403, 422, 429 and every server fault, but a 404 or 409 is the request's answer.
 */
export function refusalOf(error: unknown, traceId?: string): RefusalAnswer | undefined {
  if (!(error instanceof Problem) || (error.status !== 404 && error.status !== 409)) return undefined;
  if (error.code === inProgressCode) return undefined;
  const { params, members: others } = error.extras;
  const members = { ...(traceId !== undefined && { traceId }), ...(params && { params }), ...others };
  return { status: error.status, refusal: { code: error.code, detail: error.detail, members } };
}

/**
 * Gives a kept answer: returns the success, throws the refusal as its problem.
 *
 * @param replayed whether the answer carries `Idempotency-Replayed: true`, as a stored one
 */
export function give<T>(stored: StoredAnswer, replayed: boolean): Answered<T> {
  if (!('refusal' in stored)) return { ...(stored as Answer<T>), replayed };
  const { code, detail, members } = stored.refusal;
  throw new Problem(stored.status, code, detail, {
    members,
    ...(replayed && { headers: { [replayedHeader]: 'true' } }),
  });
}

/** What `respond` needs of a reply; a FastifyReply fits. */
interface Reply {
  status(code: number): unknown;
  header(name: string, value: string | string[]): unknown;
}

/** Puts status and headers of `answer` on `reply` and gives the body to send. */
export function respond<T>(reply: Reply, answer: Answered<T>): T {
  reply.status(answer.status);
  for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value);
  if (answer.replayed) reply.header(replayedHeader, 'true');
  return answer.body;
}

/** Code of the 409 for a duplicate that waited long enough; never stored. */
const inProgressCode = 'request_in_progress';

/** 409: the first of the duplicates is still running on this instance. */
export function requestInProgress(): Problem {
  const detail = 'The same request is still being worked on. Ask again in a second.';
  return new Problem(409, inProgressCode, detail, { headers: { 'retry-after': '1' } });
}

/** 422: the key was used for another request. */
export function keyReused(): Problem {
  const detail = 'This Idempotency-Key was used for another request. Take a new key for a new request.';
  return new Problem(422, 'idempotency_key_reused', detail);
}

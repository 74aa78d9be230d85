import type { Fault } from '@registrar/contracts-http';

export type { Fault } from '@registrar/contracts-http';

/** What a problem carries beside its words: members of the body, and headers of the answer. */
interface ProblemExtras {
  /** The values that the detail says, for clients that say it in another language. */
  params?: object;
  /** Further members of the problem document, such as `conflicts`. */
  members?: Record<string, unknown>;
  /** Headers of the answer, such as `retry-after`. */
  headers?: Record<string, string>;
  /** The error behind it: logged, never shown. */
  cause?: unknown;
}

/**
 * An error that the caller shall see, as RFC 9457 problem details.
 *
 * `code` is stable snake_case that programs rely on; `detail` is for people. Thrown anywhere below a
 * controller, it becomes the answer in `ProblemFilter` and nowhere else.
 */
export class Problem extends Error {
  override readonly name: string = 'Problem';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly extras: ProblemExtras = {},
  ) {
    super(`${status} ${code}: ${detail}`, extras.cause === undefined ? undefined : { cause: extras.cause });
  }
}

/** 422 with every fault of the input at once. */
export function validationFailed(faults: readonly Fault[]): Problem {
  const detail = faults.length === 1 ? 'One field is not valid.' : `${faults.length} fields are not valid.`;
  return new Problem(422, 'validation_failed', detail, { members: { errors: faults } });
}

/** 403: signed in, but without the right. */
export function forbidden(detail = 'You do not have the right to do this.'): Problem {
  return new Problem(403, 'forbidden', detail);
}

/** 401 with the challenge that RFC 6750 requires. */
export function unauthorized(detail = 'Sign in to do this.', code = 'unauthorized'): Problem {
  return new Problem(401, code, detail, { headers: { 'www-authenticate': 'Bearer' } });
}

/** 503 when this instance refuses work that it could not do in time; nothing was done. */
export function overloaded(retryAfterSeconds = 1): Problem {
  return new Problem(503, 'overloaded', 'The service is busy. Try again in a moment.', {
    headers: { 'retry-after': String(retryAfterSeconds) },
  });
}

/** 503 when something that is needed does not answer; nothing was done, or it can be asked for again. */
export function serviceUnavailable(detail: string, cause?: unknown): Problem {
  return new Problem(503, 'service_unavailable', detail, { headers: { 'retry-after': '1' }, cause });
}

import { Problem } from '@registrar/service';

// One object each where nothing differs: in a flood the stack of a new error would cost more than the whole refusal.

/** 400 for a target that two readers could understand differently. */
export const invalidPath = new Problem(400, 'invalid_path', 'The path is ambiguous.');

/** 400 for HTTP/1.1 without `Host`, which Node would answer itself, without a body. */
export const noHost = new Problem(400, 'bad_request', 'An HTTP/1.1 request must have a Host header.', {
  headers: { connection: 'close' },
});

/** 404 for a path that does not exist, or is hidden from the caller. */
export const notFound = new Problem(404, 'not_found', 'There is nothing at this path.');

/** 405 for a method that a path does not have, with those that it has. */
export function methodNotAllowed(method: string, allowed: readonly string[]): Problem {
  return new Problem(405, 'method_not_allowed', `${method} is not allowed here.`, {
    params: { method },
    headers: { allow: allowed.join(', ') },
  });
}

const rateLimitedByWait = new Map<number, Problem>();

/** 429 for who asks too often, with the seconds to wait; one object for each wait. */
export function rateLimited(waitSeconds: number): Problem {
  const known = rateLimitedByWait.get(waitSeconds);
  if (known) return known;
  const problem = new Problem(429, 'rate_limited', 'Too many requests. Wait a moment.', {
    headers: { 'retry-after': String(waitSeconds) },
  });
  rateLimitedByWait.set(waitSeconds, problem);
  return problem;
}

import { Problem } from '@registrar/service';

/** 405 for a method that a path does not have, with those that it has. */
export function methodNotAllowed(method: string, allowed: readonly string[]): Problem {
  return new Problem(405, 'method_not_allowed', `${method} is not possible here.`, {
    headers: { allow: allowed.join(', ') },
  });
}

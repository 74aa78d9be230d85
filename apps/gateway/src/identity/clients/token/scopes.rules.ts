import type { Scope } from '@registrar/contracts-http';
import { Problem } from '@registrar/service';

/**
 * The scopes of a new token: those that are asked for, of those that the client has; all that it has where it asks
 * for none in particular. Unknown ones are dropped.
 *
 * @throws Problem 400 `unauthorized_client` for a client without any scope, `invalid_scope` where none is left
 */
export function scopesFor(granted: readonly Scope[], asked: string | undefined): readonly Scope[] {
  if (granted.length === 0)
    throw new Problem(400, 'unauthorized_client', 'The client has no scope. An admin can grant some.');
  if (asked === undefined) return granted;
  const names = new Set(asked.split(' '));
  const scopes = granted.filter((name) => names.has(name));
  if (scopes.length === 0)
    throw new Problem(400, 'invalid_scope', 'The client has none of the scopes that it asks for.');
  return scopes;
}

import type { Route, Scope } from '@registrar/contracts-http';
import { Problem } from '@registrar/service';
import type { Identity } from './identity.ts';

/**
 * `identity` with its rights on `route`: a person as they are, an API client as a registrar where it has the route's
 * scope, and as the public where no token is needed.
 *
 * @throws Problem 403 `insufficient_scope` for a client on any other route, as the own data of people is
 */
export function withRightsOn(
  identity: Identity,
  route: Pick<Route, 'caller' | 'scope'> | undefined,
): Identity {
  if (identity.clientId === undefined) return identity;
  const scope = route?.scope;
  if (scope !== undefined && identity.scopes?.includes(scope)) return { ...identity, roles: ['registrar'] };
  if (route?.caller === 'public' || route?.caller === 'anonymous') return identity;
  throw insufficientScope(scope);
}

/** 403 for an API client, with the challenge of RFC 6750; without a scope where no client may call. */
function insufficientScope(scope: Scope | undefined): Problem {
  const detail =
    scope === undefined
      ? 'API clients cannot call this.'
      : `The API client needs the scope ${scope}. An admin can grant it.`;
  const challenge = 'Bearer error="insufficient_scope"';
  return new Problem(403, 'insufficient_scope', detail, {
    ...(scope !== undefined && { params: { scope } }),
    headers: { 'www-authenticate': scope === undefined ? challenge : `${challenge}, scope="${scope}"` },
  });
}

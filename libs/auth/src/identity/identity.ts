import type { Scope } from '@registrar/contracts-http';

/** What a person may be. `admin` includes the rights of `registrar`. */
export const roles = ['student', 'instructor', 'registrar', 'admin'] as const;

/** One of the four roles. */
export type Role = (typeof roles)[number];

/** The caller, by the claims of a verified access token. */
export interface Identity {
  /** The user's id, or the API client's: `sub` of the token. */
  id: string;
  /** None of an API client, but on a route whose scope it has: there it is a registrar. */
  roles: Role[];
  /** The API client that calls; undefined for people. */
  clientId?: string;
  /** What the API client's token is good for; undefined for people. */
  scopes?: Scope[];
  /** The session (refresh family) that the token belongs to, `sid`; empty for an API client, which has none. */
  sessionId: string;
  /** The token's own id, `jti`. */
  tokenId: string;
  /** The user's or client's token version at its issue, `ver`; 0 where the token names none. */
  tokenVersion: number;
  /** Seconds since the epoch. */
  issuedAt: number;
  /** Seconds since the epoch. */
  expiresAt: number;
}

/** Whether `identity` has the rights of `role`: an admin has a registrar's. */
export function hasRole(identity: Pick<Identity, 'roles'> | undefined, role: Role): boolean {
  if (!identity) return false;
  return identity.roles.includes(role) || (role === 'registrar' && identity.roles.includes('admin'));
}

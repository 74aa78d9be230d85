/** What a person may be. `admin` includes the rights of `registrar`. */
export const roles = ['student', 'instructor', 'registrar', 'admin'] as const;

/** One of the four roles. */
export type Role = (typeof roles)[number];

/** The caller, by the claims of a verified access token. */
export interface Identity {
  /** The user's id, `sub` of the token. */
  id: string;
  roles: Role[];
  /** The session (refresh family) that the token belongs to, `sid`. */
  sessionId: string;
  /** The token's own id, `jti`. */
  tokenId: string;
  /** The user's token version at its issue, `ver`; 0 where the token names none. */
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

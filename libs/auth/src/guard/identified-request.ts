import type { Identity } from '../identity/identity.ts';

/** Where the guard stores the caller's identity. */
export const identityKey = Symbol('identity');

/** A request that has passed the guard. */
export interface IdentifiedRequest {
  headers: Record<string, string | string[] | undefined>;
  [identityKey]?: Identity;
}

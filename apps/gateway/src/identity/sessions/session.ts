/** A session: the family of refresh tokens that began with one sign-in. */
export interface SessionRecord {
  id: string;
  userId: string;
  /** The user's session epoch at its beginning; a lower one than the user's means that it is over. */
  epoch: number;
  /** Proves tokens of this session; base64url. */
  familyKey: string;
  /** Number of the token that is good now. */
  number: number;
  /** Hash of the token that is good now. */
  currentHash: string;
  /** Hash of the one before it, and when it was used, ms since the epoch. */
  previousHash: string | undefined;
  rotatedAt: number;
  /** The pair that the previous token was answered with, sealed under it. */
  retryBox: string | undefined;
  endedAt: number | undefined;
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** When the good token dies, ms since the epoch. */
  validUntil: number;
}

/** How long a refresh token lives from its making, ms. */
export const refreshTokenLifeMs = 30 * 24 * 60 * 60_000;

/** The client that a session began in. */
export interface SessionClient {
  /** `web` where the refresh token is in a cookie of the portal. */
  kind: 'web' | 'api';
  address: string;
  /** What the client calls itself, at most 256 characters. */
  userAgent: string | null;
}

/** The sign-in by the campus that began a session. */
export interface CampusSignIn {
  /** The provider's id in the settings. */
  provider: string;
  /** The provider's own session (`sid`), where it named one. */
  providerSession: string | null;
  /** The subject at the provider. */
  subject: string;
  /** The ID token, sealed, for signing out at the provider too; null where it is not asked for one. */
  idToken: string | null;
  /** How long the session lives at most, ms. */
  maxLifeMs: number;
}

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
  /** When the good token dies, ms since the epoch; see `session-life.rules`. */
  validUntil: number;
  /** Undefined for sessions from before it was kept, as `campus` and `passwordAt`. */
  client?: SessionClient | undefined;
  /** Undefined for sessions that did not begin by the campus. */
  campus?: CampusSignIn | undefined;
  /** When the password was given, ms since the epoch; undefined where it was not. */
  passwordAt?: number | undefined;
}

/** Seconds that an access token lives, unless its session ends before. */
export const accessTokenLifetime = 900;

import { randomBytes } from 'node:crypto';

/** One attempt to sign in by a provider, on its way through a browser. */
export interface SignInAttempt {
  provider: string;
  state: string;
  nonce: string;
  /** The PKCE verifier. */
  verifier: string;
  /** The path to go to afterwards. */
  returnTo: string;
  /** Whose account the identity is linked to; undefined where somebody signs in. */
  link?: { userId: string; epoch: number } | undefined;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** How long an attempt may last, ms. */
export const attemptLifeMs = 10 * 60_000;

/** Bytes of a path in an attempt: with the rest sealed, a cookie of 4 KB holds it. */
const longestPath = 2_000;

/** A new attempt. @param now ms since the epoch */
export function newAttempt(
  provider: string,
  returnTo: string,
  now: number,
  link?: SignInAttempt['link'],
): SignInAttempt {
  return {
    provider,
    state: `${randomBytes(6).toString('base64url')}.${randomBytes(24).toString('base64url')}`,
    nonce: randomBytes(24).toString('base64url'),
    verifier: randomBytes(32).toString('base64url'),
    returnTo: asciiPath(returnTo),
    link,
    expiresAt: now + attemptLifeMs,
  };
}

/** The part of a state that its cookie is named by; undefined for what is no state of ours. */
export function attemptIdOf(state: string): string | undefined {
  return /^([\w-]{8})\.[\w-]{32}$/.exec(state)?.[1];
}

/** A path as a header takes it; the start page for one that is too long then. */
function asciiPath(path: string): string {
  const ascii = path.toWellFormed().replace(/[^\x21-\x7e]/gu, encodeURIComponent);
  return ascii.length > longestPath ? '/' : ascii;
}

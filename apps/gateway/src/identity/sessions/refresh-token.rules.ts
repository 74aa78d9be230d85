import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { SealingKey } from './sealing-key.ts';

/** A refresh token, taken apart. */
export interface RefreshToken {
  sessionId: string;
  /** Which one of its session it is, from 1. */
  number: number;
  /** The secret part, base64url. */
  secret: string;
  /** Proves that the session made it, so that a used one can be distinguished from a forged one; base64url. */
  proof: string;
  /** As the client sends it. */
  text: string;
}

/**
 * How long after a rotation the same token gets the same new pair, ms: its answer may have been lost. Two instances,
 * one that rotates and one that is asked again, have the store's time to a second each.
 */
export const retryGraceMs = 10_000;

const form = /^(ses_[a-z2-7]{20})\.(\d{1,9})\.([\w-]{32})\.([\w-]{22})$/;

/** A new token of a session. @param familyKey the session's own key, base64url */
export function makeRefreshToken(sessionId: string, number: number, familyKey: string): RefreshToken {
  const secret = randomBytes(24).toString('base64url');
  const proof = proofOf(sessionId, number, secret, familyKey);
  return { sessionId, number, secret, proof, text: `${sessionId}.${number}.${secret}.${proof}` };
}

/** The token of `text`, or undefined where it has not the form of one. */
export function parseRefreshToken(text: string): RefreshToken | undefined {
  const [, sessionId, number, secret, proof] = form.exec(text) ?? [];
  if (sessionId === undefined || secret === undefined || proof === undefined) return undefined;
  return { sessionId, number: Number(number), secret, proof, text };
}

/** Whether the session with this key made the token, now or earlier. */
export function isOfFamily({ sessionId, number, secret, proof }: RefreshToken, familyKey: string): boolean {
  return sameText(proof, proofOf(sessionId, number, secret, familyKey));
}

/** What is kept of a token. */
export function hashOf({ text }: RefreshToken): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Compares in constant time. */
function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Seals the pair that a rotation gave, so that only who holds the old token can open it: the table alone gives
 * nothing away.
 */
export function sealPair<Pair extends object>(old: RefreshToken, pair: Pair): string {
  return sealingKey(old).seal(JSON.stringify(pair));
}

/** Opens what `sealPair` sealed for the same token. @throws Error for anything else */
export function openPair<Pair extends object>(old: RefreshToken, box: string): Pair {
  const opened = sealingKey(old).open(box);
  if (opened === undefined) throw new Error('This pair was not sealed for this token.');
  return JSON.parse(opened) as Pair;
}

function sealingKey({ secret, sessionId }: RefreshToken): SealingKey {
  return new SealingKey(secret, 'refresh retry', sessionId);
}

function proofOf(sessionId: string, number: number, secret: string, familyKey: string): string {
  const mac = createHmac('sha256', Buffer.from(familyKey, 'base64url'));
  return mac.update(`${sessionId}.${number}.${secret}`).digest().subarray(0, 16).toString('base64url');
}

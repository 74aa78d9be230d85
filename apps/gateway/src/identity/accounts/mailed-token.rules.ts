import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** What a mailed link proves: that its reader gets the mails of an owner. */
export interface MailedProof {
  id: string;
  /** Whom it is for: a user's id, or an email. */
  owner: string;
  /** Part of what its token is made from; alone it opens nothing. */
  nonce: string;
}

/** The key of the tokens of one purpose, from the secret that only services have. */
export function mailedTokenKey(serviceSecret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', serviceSecret, 'registrar', purpose, 32));
}

/**
 * The one token of a proof. It is made when it is needed and kept nowhere: a reader of the table, Kafka or a
 * log cannot make it.
 */
export function mailedToken({ id, owner, nonce }: MailedProof, key: Buffer): string {
  const mac = createHmac('sha256', key).update(`${id}.${owner}.${nonce}`).digest('base64url');
  return `${id}.${mac}`;
}

/** The id, with this prefix, that a token says it belongs to; undefined where it has not the form of one. */
export function mailedIdOf(prefix: string, token: string): string | undefined {
  const [, id, start] = /^(([a-z]{3})_[a-z2-7]{20})\.[\w-]{43}$/.exec(token) ?? [];
  return start === prefix ? id : undefined;
}

/** Whether `token` is the one of `proof`; in constant time. */
export function isMailedToken(proof: MailedProof, token: string, key: Buffer): boolean {
  const [actual, expected] = [Buffer.from(token), Buffer.from(mailedToken(proof, key))];
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

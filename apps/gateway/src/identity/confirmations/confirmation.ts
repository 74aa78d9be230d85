/** Somebody who asked for an account and has not shown yet that the email is theirs. There is no account before. */
export interface Confirmation {
  id: string;
  /** As it was typed. */
  email: string;
  name: string;
  /** Argon2id in PHC format. */
  passwordHash: string;
  /** Part of what its token is made from; alone it opens nothing. */
  nonce: string;
  /** Milliseconds since the epoch, by the store, as `expiresAt`. */
  createdAt: number;
  expiresAt: number;
}

/** How long the link of the mail is good, ms. */
export const confirmationLifeMs = 24 * 60 * 60_000;

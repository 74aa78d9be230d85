/** A password reset that was asked for. */
export interface PasswordReset {
  id: string;
  userId: string;
  /** The user's session epoch when it was asked for: with a higher one, the password has changed since. */
  sessionEpoch: number;
  /** Part of what its token is made from; alone it opens nothing. */
  nonce: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  usedAt: number | undefined;
  /** Whether its use makes the user the first admin. */
  grantsAdmin?: boolean;
}

/** An item of the `password_resets` table. */
export interface PasswordResetItem {
  id: string;
  user_id: string;
  session_epoch: number;
  nonce: string;
  valid_until: number;
  used_at?: number;
  grants_admin?: boolean;
  /** Seconds, for the table's clean-up. */
  expires_at: number;
}

/** How long a link is good, ms. */
export const resetLifeMs = 30 * 60_000;

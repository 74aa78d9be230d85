import type { Account } from './user.ts';

/** The account suspended: its sessions are over, its tokens revoked. */
export function suspended(account: Account, reason: string): Account {
  return {
    ...account,
    status: 'suspended',
    suspensionReason: reason,
    tokenVersion: account.tokenVersion + 1,
    sessionEpoch: account.sessionEpoch + 1,
  };
}

/** The account active again; its earlier sessions stay over. */
export function restored(account: Account): Account {
  return { ...account, status: 'active', suspensionReason: null };
}

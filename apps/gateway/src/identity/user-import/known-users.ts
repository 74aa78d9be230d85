import { ownEmailKey } from '../accounts/email-key.rules.ts';
import type { Account } from '../accounts/user.ts';

/** Accounts by the keys that lines name them by, as the lines so far have left them. */
export class KnownUsers {
  private readonly byKey = new Map<string, Account>();

  constructor(accounts: Iterable<Account>) {
    for (const account of accounts) this.note(undefined, account);
  }

  byExternalId(externalId: string | null): Account | undefined {
    return externalId === null ? undefined : this.byKey.get(`id ${externalId}`);
  }

  /** @param mail the key of the email */
  byMail(mail: string | null): Account | undefined {
    return mail === null ? undefined : this.byKey.get(`mail ${mail}`);
  }

  /** The account is now as `after`, or there is none. */
  note(before: Account | undefined, after: Account | undefined): void {
    for (const key of keysOf(before)) this.byKey.delete(key);
    if (after) for (const key of keysOf(after)) this.byKey.set(key, after);
  }
}

function keysOf(account: Account | undefined): string[] {
  if (!account) return [];
  const { email, externalId } = account;
  return [`mail ${ownEmailKey(email)}`, ...(externalId === null ? [] : [`id ${externalId}`])];
}

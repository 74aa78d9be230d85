import { emailKey } from '../accounts/email-key.rules.ts';
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

  byEmail(email: string | null): Account | undefined {
    return email === null ? undefined : this.byKey.get(mailKey(email));
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
  return [mailKey(email), ...(externalId === null ? [] : [`id ${externalId}`])];
}

function mailKey(email: string): string {
  return `mail ${emailKey(email) ?? ''}`;
}

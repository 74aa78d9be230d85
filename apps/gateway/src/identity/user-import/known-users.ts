import { ownEmailKey } from '../accounts/email-key.rules.ts';
import type { Account } from '../accounts/user.ts';
import type { UserFields } from './user-line.rules.ts';

/** Accounts by the keys that lines name them by, as the lines so far have left them. */
export class KnownUsers {
  private readonly byKey = new Map<string, Account>();

  constructor(accounts: Iterable<Account>) {
    for (const account of accounts) this.note(undefined, account);
  }

  byExternalId(externalId: string | null): Account | undefined {
    return this.byKey.get(keysOf({ externalId, emailKey: null })[0] ?? '');
  }

  byEmail(emailKey: string | null): Account | undefined {
    return this.byKey.get(keysOf({ externalId: null, emailKey })[0] ?? '');
  }

  /** The account is now as `after`, or there is none. */
  note(before: Account | undefined, after: Account | undefined): void {
    for (const key of accountKeys(before)) this.byKey.delete(key);
    if (after) for (const key of accountKeys(after)) this.byKey.set(key, after);
  }
}

/** The keys that name a user, by external id first. Lines with one in common are decided one after the other. */
export function keysOf({ externalId, emailKey }: Pick<UserFields, 'externalId' | 'emailKey'>): string[] {
  return [
    ...(externalId === null ? [] : [`id ${externalId}`]),
    ...(emailKey === null ? [] : [`email ${emailKey}`]),
  ];
}

function accountKeys(account: Account | undefined): string[] {
  return account ? keysOf({ externalId: account.externalId, emailKey: ownEmailKey(account.email) }) : [];
}

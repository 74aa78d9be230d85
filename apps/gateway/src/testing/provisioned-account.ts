import { AccountLedger } from '../identity/accounts/account-ledger.ts';
import { AccountRepository } from '../identity/accounts/account.repository.ts';
import type { Account } from '../identity/accounts/user.ts';
import { accountOf } from './users.ts';
import type { RunningGateway } from './running-gateway.ts';

/** Makes an account that waits for its owner: without a password. */
export async function provision({ app }: RunningGateway, own: Partial<Account>): Promise<Account> {
  const account = accountOf({ passwordHash: null, ...own });
  const accounts = app.get(AccountRepository, { strict: false });
  await app.get(AccountLedger, { strict: false }).commit({
    actions: [
      ...accounts.creation(account),
      ...accounts.externalIdClaims({ ...account, externalId: null }, account.externalId),
    ],
  });
  return account;
}

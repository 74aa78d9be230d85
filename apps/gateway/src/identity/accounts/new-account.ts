import { newId } from '@registrar/service';
import { unknownOfAccount } from './user.ts';
import type { Account } from './user.ts';

/** An account that is made now. */
export function newAccount(
  fields: Pick<Account, 'email' | 'name' | 'roles' | 'passwordHash'> & Partial<Account>,
  now: Date,
): Account {
  return {
    ...unknownOfAccount,
    id: newId('usr'),
    createdAt: now.toISOString(),
    version: 1,
    tokenVersion: 1,
    sessionEpoch: 1,
    eventSequence: 0,
    ...fields,
  };
}

import { unknownOfAccount } from '../identity/accounts/user.ts';
import type { Account } from '../identity/accounts/user.ts';

/** A student's account for tests; `fields` say what matters. */
export function accountOf(fields: Partial<Account> = {}): Account {
  return {
    ...unknownOfAccount,
    id: 'usr_a',
    email: 'ada.moss@registrar.example',
    name: 'Ada Moss',
    roles: ['student'],
    createdAt: '2026-11-02T08:00:00.000Z',
    version: 1,
    tokenVersion: 1,
    sessionEpoch: 1,
    eventSequence: 0,
    passwordHash: '',
    ...fields,
  };
}

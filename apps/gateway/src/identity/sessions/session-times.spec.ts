import { expect, it, vi } from 'vitest';
import type { AccountLedger } from '../accounts/account-ledger.ts';
import type { AccountRepository } from '../accounts/account.repository.ts';
import type { Account } from '../accounts/user.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { SessionRepository } from './session.repository.ts';
import { SessionService } from './session.service.ts';

it('a session begins at the time of the store, by which its end is judged, whatever the wall clock says', async () => {
  const storeNow = Date.parse('2020-01-01T00:00:00.000Z');
  const creation = vi.fn();
  const service = new SessionService(
    { now: () => storeNow, creation } as unknown as SessionRepository,
    {} as AccountRepository,
    { make: () => Promise.resolve('token') } as unknown as AccessTokens,
    {} as AccountLedger,
    {} as AuditLog,
  );
  const client = { kind: 'api', address: '127.0.0.1', userAgent: null } as const;
  await service.open(
    { id: 'usr_a', sessionEpoch: 1, roles: [], campusRoles: {} } as unknown as Account,
    client,
  );
  expect(creation).toHaveBeenCalledWith(
    expect.objectContaining({
      createdAt: storeNow,
      rotatedAt: storeNow,
      validUntil: storeNow + 30 * 24 * 60 * 60_000,
    }),
  );
});

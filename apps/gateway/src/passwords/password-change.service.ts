import { Injectable } from '@nestjs/common';
import type { Identity } from '@registrar/auth';
import type { ChangePasswordRequest } from '@registrar/contracts-gateway';
import { newId, unauthorized } from '@registrar/service';
import { AccountLedger } from '../accounts/account-ledger.ts';
import { AccountRepository } from '../accounts/account.repository.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { SessionRepository } from '../sessions/session.repository.ts';
import { AttemptRepository } from '../sign-in/attempt.repository.ts';
import { failuresAt, failuresPerAddress } from '../sign-in/attempt.rules.ts';
import { PasswordHasher } from './password-hasher.ts';
import { refuseCommon } from './refuse-common.ts';

/** Where wrong current passwords are counted: a stolen access token must not become a way to guess. */
const origin = 'password change';

/**
 * Changes one's own password.
 *
 * Guarantee: every other session of the user ends with it, in one commit. Failure: Problem 401
 * `invalid_credentials` for a wrong current password, and after ten of them in 15 minutes for any.
 */
@Injectable()
export class PasswordChangeService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly attempts: AttemptRepository,
    private readonly sessions: SessionRepository,
    private readonly hasher: PasswordHasher,
    private readonly ledger: AccountLedger,
    private readonly audit: AuditLog,
  ) {}

  async change(identity: Identity, request: ChangePasswordRequest, address: string): Promise<void> {
    refuseCommon('newPassword', request.newPassword);
    const account = await this.accounts.byId(identity.id);
    if (!account) throw unauthorized();
    const { here } = await this.attempts.of(account.email, origin);
    const open = failuresAt(here, Date.now()) < failuresPerAddress;
    if (!open || !(await this.hasher.matches(account.passwordHash, request.currentPassword))) {
      await this.attempts.failed(account.email, origin, Date.now());
      this.audit.record({ action: 'password_changed', outcome: 'refused', actorId: account.id, address });
      throw unauthorized('The current password is wrong.', 'invalid_credentials');
    }
    const passwordHash = await this.hasher.hash(request.newPassword);
    const now = Date.now();
    const tokenVersion = account.tokenVersion + 1;
    const sessionEpoch = account.sessionEpoch + 1;
    await this.ledger.commit({
      actions: [
        this.accounts.change(account, { passwordHash, tokenVersion, sessionEpoch }),
        this.sessions.continuation(identity.sessionId, sessionEpoch),
      ],
      revocation: {
        id: newId('rev'),
        userId: account.id,
        sessionId: null,
        minVersion: tokenVersion,
        exceptSessionId: identity.sessionId,
        reason: 'password',
        at: now,
      },
    });
    this.audit.record({ action: 'password_changed', outcome: 'succeeded', actorId: account.id, address });
  }
}

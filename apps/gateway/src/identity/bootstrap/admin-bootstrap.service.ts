import { Injectable } from '@nestjs/common';
import { Problem, newId } from '@registrar/service';
import { AccountRepository } from '../accounts/account.repository.ts';
import { ActiveAdmins, adminExists } from '../accounts/active-admins.ts';
import { unknownOfAccount } from '../accounts/user.ts';
import type { Account } from '../accounts/user.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { UserDirectory } from '../directory/user-directory.ts';
import { PasswordResetService } from '../resets/password-reset.service.ts';
import type { ResetLink } from '../resets/password-reset.service.ts';
import { UserWriter } from '../users/user-writer.ts';

/** For what no user does. */
const operator = 'registrar-cli';

/**
 * Makes the first admin, by a link that sets a password.
 *
 * Guarantee: nobody is an admin before the link is used, and of several links one works: it makes an admin only while
 * there is none. An account that is there keeps its roles and gets a new password, which ends its sessions.
 * Failure: Problem 409 `admin_exists` where an admin is active, of the campus too; 409 `account_suspended`.
 */
@Injectable()
export class AdminBootstrapService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly admins: ActiveAdmins,
    private readonly directory: UserDirectory,
    private readonly writer: UserWriter,
    private readonly resets: PasswordResetService,
    private readonly audit: AuditLog,
  ) {}

  /** A link for the user of an email, whose account is made where there is none. */
  async link(email: string): Promise<ResetLink> {
    const [byCampus] = await this.directory.find({ role: 'admin', status: 'active' }, 1);
    if (byCampus || (await this.admins.hasAny())) throw adminExists();
    const account = (await this.accounts.byEmail(email)) ?? (await this.make(email));
    if (account.status === 'suspended')
      throw new Problem(409, 'account_suspended', 'This account is suspended. Choose another email.');
    const link = await this.resets.firstAdminLink(account);
    const detail = `link until ${link.expiresAt}`;
    this.audit.record('admin_bootstrap', 'succeeded', {
      actorId: null,
      target: account.id,
      address: operator,
      detail,
    });
    return link;
  }

  private make(email: string): Promise<Account> {
    const after: Account = {
      ...unknownOfAccount,
      id: newId('usr'),
      email,
      emailVerified: true,
      name: email.slice(0, email.indexOf('@')),
      roles: ['student'],
      createdAt: new Date().toISOString(),
      version: 1,
      tokenVersion: 1,
      sessionEpoch: 1,
      eventSequence: 0,
      passwordHash: null,
    };
    return this.writer.write({ before: undefined, after }, { actorId: operator });
  }
}

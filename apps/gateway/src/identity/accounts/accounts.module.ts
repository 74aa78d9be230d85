import { Module } from '@nestjs/common';
import { AccountData } from './account-data.ts';
import { AccountLedger } from './account-ledger.ts';
import { AccountLookup } from './account-lookup.ts';
import { AccountRepository } from './account.repository.ts';
import { ActiveAdmins } from './active-admins.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { RevocationsModule } from '../revocations/revocations.module.ts';

/** Accounts, the commits that change them, and the record of who did it. */
@Module({
  imports: [RevocationsModule],
  providers: [AccountRepository, AccountLedger, AccountLookup, ActiveAdmins, AccountData, AuditLog],
  exports: [AccountRepository, AccountLedger, AccountLookup, ActiveAdmins, AuditLog],
})
export class AccountsModule {}

import { Module } from '@nestjs/common';
import { RevocationsModule } from '../revocations/revocations.module.ts';
import { AccountLedger } from './account-ledger.ts';
import { AccountRepository } from './account.repository.ts';

/** Accounts, and the commits that change them. */
@Module({
  imports: [RevocationsModule],
  providers: [AccountLedger, AccountRepository],
  exports: [AccountLedger, AccountRepository],
})
export class AccountsModule {}

import { Module } from '@nestjs/common';
import { LedgerBacklog } from './ledger-backlog.ts';
import { LedgerRepository } from './ledger.repository.ts';

/** The ledger's rows, and how many wait to be written. Who writes them is put together by the intake. */
@Module({ providers: [LedgerBacklog, LedgerRepository], exports: [LedgerBacklog, LedgerRepository] })
export class LedgerModule {}

import { Module } from '@nestjs/common';
import { IdempotencyModule } from '@registrar/idempotency';
import { ImportSlots } from '@registrar/service';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { UserImportController } from './user-import.controller.ts';
import { UserImportService } from './user-import.service.ts';
import { UsersModule } from '../users/users.module.ts';

/** Import of accounts by CSV. */
@Module({
  imports: [AccountsModule, IdempotencyModule, UsersModule],
  controllers: [UserImportController],
  providers: [ImportSlots, UserImportService],
})
export class UserImportModule {}

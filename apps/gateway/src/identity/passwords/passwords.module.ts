import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { AttemptsModule } from '../attempts/attempts.module.ts';
import { AuditModule } from '../audit/audit.module.ts';
import { SessionsModule } from '../sessions/sessions.module.ts';
import { PasswordChangeController } from './password-change.controller.ts';
import { PasswordChangeService } from './password-change.service.ts';
import { PasswordHasher } from './password-hasher.ts';

/** Hashing, and changes of the own password. */
@Module({
  imports: [AccountsModule, AttemptsModule, AuditModule, SessionsModule],
  controllers: [PasswordChangeController],
  providers: [PasswordChangeService, PasswordHasher],
  exports: [PasswordHasher],
})
export class PasswordsModule {}

import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { AttemptsModule } from '../attempts/attempts.module.ts';
import { PasswordChangeController } from './password-change.controller.ts';
import { PasswordChangeService } from './password-change.service.ts';
import { PasswordHasher } from './password-hasher.ts';
import { SessionsModule } from '../sessions/sessions.module.ts';

/** Hashes of passwords, and their change. */
@Module({
  imports: [AccountsModule, AttemptsModule, SessionsModule],
  controllers: [PasswordChangeController],
  providers: [PasswordChangeService, PasswordHasher],
  exports: [PasswordHasher],
})
export class PasswordsModule {}

import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { AttemptsModule } from '../attempts/attempts.module.ts';
import { PasswordChangeController } from './password-change.controller.ts';
import { PasswordChangeService } from './password-change.service.ts';
import { PasswordHasher } from './password-hasher.ts';
import { InternalResetsController } from '../resets/internal-resets.controller.ts';
import { PasswordResetController } from '../resets/password-reset.controller.ts';
import { PasswordResetRepository } from '../resets/password-reset.repository.ts';
import { PasswordResetService } from '../resets/password-reset.service.ts';
import { SessionsModule } from '../sessions/sessions.module.ts';

/** Hashes of passwords, and their change and reset. */
@Module({
  imports: [AccountsModule, AttemptsModule, SessionsModule],
  controllers: [InternalResetsController, PasswordChangeController, PasswordResetController],
  providers: [PasswordChangeService, PasswordHasher, PasswordResetRepository, PasswordResetService],
  exports: [PasswordHasher, PasswordResetService],
})
export class PasswordsModule {}

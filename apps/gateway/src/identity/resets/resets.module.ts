import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { AttemptsModule } from '../attempts/attempts.module.ts';
import { PasswordsModule } from '../passwords/passwords.module.ts';
import { InternalResetsController } from './internal-resets.controller.ts';
import { PasswordResetController } from './password-reset.controller.ts';
import { PasswordResetRepository } from './password-reset.repository.ts';
import { PasswordResetService } from './password-reset.service.ts';

/** Reset of a password by a mailed link. */
@Module({
  imports: [AccountsModule, AttemptsModule, PasswordsModule],
  controllers: [InternalResetsController, PasswordResetController],
  providers: [PasswordResetRepository, PasswordResetService],
  exports: [PasswordResetService],
})
export class ResetsModule {}

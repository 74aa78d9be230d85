import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { AttemptsModule } from '../attempts/attempts.module.ts';
import { ConfirmationController } from './confirmation.controller.ts';
import { ConfirmationRepository } from './confirmation.repository.ts';
import { ConfirmationService } from './confirmation.service.ts';
import { PasswordsModule } from '../passwords/passwords.module.ts';

/** Accounts that wait until their email is confirmed. */
@Module({
  imports: [AccountsModule, AttemptsModule, PasswordsModule],
  controllers: [ConfirmationController],
  providers: [ConfirmationRepository, ConfirmationService],
  exports: [ConfirmationRepository, ConfirmationService],
})
export class ConfirmationsModule {}

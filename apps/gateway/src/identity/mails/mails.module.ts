import { Module } from '@nestjs/common';
import { ConfirmationsModule } from '../confirmations/confirmations.module.ts';
import { InternalMailsController } from './internal-mails.controller.ts';
import { PasswordsModule } from '../passwords/passwords.module.ts';

/** What is in the mails of accounts, for the service that sends them. */
@Module({
  imports: [ConfirmationsModule, PasswordsModule],
  controllers: [InternalMailsController],
})
export class MailsModule {}

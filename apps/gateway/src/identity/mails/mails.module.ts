import { Module } from '@nestjs/common';
import { ConfirmationsModule } from '../confirmations/confirmations.module.ts';
import { InternalMailsController } from './internal-mails.controller.ts';
import { ResetsModule } from '../resets/resets.module.ts';

/** What is in the mails of accounts, for the service that sends them. */
@Module({
  imports: [ConfirmationsModule, ResetsModule],
  controllers: [InternalMailsController],
})
export class MailsModule {}

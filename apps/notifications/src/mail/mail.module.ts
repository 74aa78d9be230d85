import { Module } from '@nestjs/common';
import { UsersModule } from '@registrar/users-projection';
import { InboxModule } from '../inbox/inbox.module.ts';
import { LedgerModule } from '../ledger/ledger.module.ts';
import { JobsRedisModule } from './jobs-redis.module.ts';
import { MailClaims } from './mail-claims.repository.ts';
import { mailQueueModule } from './mail-queue.module.ts';
import { MailStates } from './mail-states.repository.ts';
import { MailComposer } from './mail.composer.ts';
import { MailQueue } from './mail.queue.ts';
import { MailSender } from './mail.sender.ts';
import { MailSweeper } from './mail.sweeper.ts';
import { NewMailsListener } from './new-mails.listener.ts';
import { ResetLinksClient } from './reset-links.client.ts';
import { SmtpTransport } from './smtp.transport.ts';

/** Sends the mails of the ledger: queue, claims, SMTP, sweeper. */
@Module({
  imports: [InboxModule, JobsRedisModule, LedgerModule, mailQueueModule, UsersModule],
  providers: [
    MailClaims,
    MailComposer,
    MailQueue,
    MailSender,
    MailStates,
    MailSweeper,
    NewMailsListener,
    ResetLinksClient,
    SmtpTransport,
  ],
  exports: [MailQueue, MailStates, NewMailsListener],
})
export class MailModule {}

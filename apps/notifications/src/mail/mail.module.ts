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
import { GatewayMailsClient } from './gateway-mails.client.ts';
import { SmtpTransport } from './smtp.transport.ts';

/**
 * Sends the mails of the ledger. The ledger decides what is due; a job only says when to look.
 *
 * The flow of a mail:
 * 1. `../ledger/ledger.writer` commits a row with `mail_status` `queued`.
 * 2. `new-mails.listener` gives the rows of the commit to `mail.queue`, which makes a Bull job of ten rows at most, and
 *    one for each later attempt.
 * 3. `mail.queue` works on a job once inboxes that are still to be written are written, or after 0.5 s.
 * 4. `mail.sender` claims the row for `MAIL_LEASE_MS` (`mail-claims.repository`) and renews the claim while it sends.
 * 5. `mail.composer` reads the address of today, and for a password reset its link from the gateway
 *    (`gateway-mails.client`).
 * 6. `smtp.transport` sends it; `smtp-faults.rules` says whether a fault passes, `mail-retry.rules` when to try again.
 * 7. `mail.sender` completes the claim as sent, failed or due later; `../inbox/` shows the state; a retry is a new job.
 * 8. `mail.sweeper` finds rows that are overdue, as their job was lost: it queues them again, or sends them while the
 *    jobs' Redis is away (`sweep.rules`).
 */
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
    GatewayMailsClient,
    SmtpTransport,
  ],
  exports: [MailQueue, MailStates, NewMailsListener],
})
export class MailModule {}

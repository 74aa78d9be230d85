import { Module } from '@nestjs/common';
import { InboxChanges } from '../inbox/inbox-changes.ts';
import { InboxModule } from '../inbox/inbox.module.ts';
import { LEDGER_LISTENERS } from '../ledger/ledger-commit.ts';
import type { LedgerListener } from '../ledger/ledger-commit.ts';
import { LedgerModule } from '../ledger/ledger.module.ts';
import { LedgerWriter } from '../ledger/ledger.writer.ts';
import { MailModule } from '../mail/mail.module.ts';
import { NewMailsListener } from '../mail/new-mails.listener.ts';
import { StreamHub } from '../sse/stream.hub.ts';
import { StreamModule } from '../sse/stream.module.ts';
import { AccountMailEventsConsumer } from './account-mail-events.consumer.ts';
import { EnrollmentEventsConsumer } from './enrollment-events.consumer.ts';
import { ExportEventsConsumer } from './export-events.consumer.ts';
import { HoldEventsConsumer } from './hold-events.consumer.ts';
import { PasswordResetEventsConsumer } from './password-reset-events.consumer.ts';
import { PermitEventsConsumer } from './permit-events.consumer.ts';
import { PermitNotesClient } from './permit-notes.client.ts';
import { SessionEventsConsumer } from './session-events.consumer.ts';

/** Events in: each becomes rows of the ledger, of which inbox, mail and streams are notified at once. */
@Module({
  imports: [InboxModule, LedgerModule, MailModule, StreamModule],
  controllers: [
    AccountMailEventsConsumer,
    EnrollmentEventsConsumer,
    ExportEventsConsumer,
    HoldEventsConsumer,
    PasswordResetEventsConsumer,
    PermitEventsConsumer,
    SessionEventsConsumer,
  ],
  providers: [
    LedgerWriter,
    PermitNotesClient,
    {
      provide: LEDGER_LISTENERS,
      inject: [InboxChanges, NewMailsListener, StreamHub],
      useFactory: (...listeners: LedgerListener[]) => listeners,
    },
  ],
})
export class IntakeModule {}

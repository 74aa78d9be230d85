import { Module } from '@nestjs/common';
import { CONFIG } from '@registrar/service';
import { InboxChanges } from '../inbox/inbox-changes.ts';
import { InboxModule } from '../inbox/inbox.module.ts';
import { LEDGER_LISTENERS } from '../ledger/ledger-commit.ts';
import type { LedgerListener } from '../ledger/ledger-commit.ts';
import { LEDGER_SETTINGS } from '../ledger/ledger-settings.ts';
import type { LedgerSettings } from '../ledger/ledger-settings.ts';
import { LedgerModule } from '../ledger/ledger.module.ts';
import { LedgerWriter } from '../ledger/ledger.writer.ts';
import { MailModule } from '../mail/mail.module.ts';
import { NewMailsListener } from '../mail/new-mails.listener.ts';
import type { NotificationsConfig } from '../notifications.config.ts';
import { StreamHub } from '../stream/stream.hub.ts';
import { StreamModule } from '../stream/stream.module.ts';
import { EnrollmentEventsConsumer } from './enrollment-events.consumer.ts';
import { PasswordResetEventsConsumer } from './password-reset-events.consumer.ts';
import { SessionEventsConsumer } from './session-events.consumer.ts';

/** Events in: each becomes rows of the ledger, of which inbox, mail and streams hear at once. */
@Module({
  imports: [InboxModule, LedgerModule, MailModule, StreamModule],
  controllers: [EnrollmentEventsConsumer, PasswordResetEventsConsumer, SessionEventsConsumer],
  providers: [
    LedgerWriter,
    {
      provide: LEDGER_LISTENERS,
      inject: [InboxChanges, NewMailsListener, StreamHub],
      useFactory: (...listeners: LedgerListener[]) => listeners,
    },
    {
      provide: LEDGER_SETTINGS,
      inject: [CONFIG],
      useFactory: ({ MAIL_MAX_AGE_HOURS: hours }: NotificationsConfig): LedgerSettings => ({
        maxMailAgeMs: hours * 3_600_000,
      }),
    },
  ],
})
export class IntakeModule {}

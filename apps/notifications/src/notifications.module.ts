import { Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import { AuthModule } from '@registrar/auth';
import { CacheModule } from '@registrar/cache';
import { Dynamo, DynamoModule, IdempotentRequests } from '@registrar/dynamodb';
import { MessagingModule } from '@registrar/messaging';
import { EndpointModule } from '@registrar/endpoint';
import { ServiceModule } from '@registrar/service';
import { InboxCache } from './inbox/inbox-cache.ts';
import { InboxChanges } from './inbox/inbox-changes.ts';
import { InboxController } from './inbox/inbox.controller.ts';
import { InboxReader } from './inbox/inbox.reader.ts';
import { InboxRepository } from './inbox/inbox.repository.ts';
import { InboxService } from './inbox/inbox.service.ts';
import { EnrollmentEventsConsumer } from './intake/enrollment-events.consumer.ts';
import { PasswordResetEventsConsumer } from './intake/password-reset-events.consumer.ts';
import { SessionEventsConsumer } from './intake/session-events.consumer.ts';
import { UserEventsConsumer } from './intake/user-events.consumer.ts';
import type { LedgerListener } from './ledger/ledger-commit.ts';
import { LEDGER_LISTENERS } from './ledger/ledger-commit.ts';
import { LEDGER_SETTINGS } from './ledger/ledger-settings.ts';
import { LedgerRepository } from './ledger/ledger.repository.ts';
import { LedgerBacklog } from './ledger/ledger-backlog.ts';
import { LedgerWriter } from './ledger/ledger.writer.ts';
import { JobsRedis } from './mail/jobs-redis.ts';
import { MailClaims } from './mail/mail-claims.repository.ts';
import { mailQueueModule } from './mail/mail-queue.module.ts';
import { MailStates } from './mail/mail-states.repository.ts';
import { MailComposer } from './mail/mail.composer.ts';
import { MailQueue } from './mail/mail.queue.ts';
import { MailSender } from './mail/mail.sender.ts';
import { MailSweeper } from './mail/mail.sweeper.ts';
import { NewMailsListener } from './mail/new-mails.listener.ts';
import { SmtpTransport } from './mail/smtp.transport.ts';
import type { NotificationsConfig } from './notifications.config.ts';
import { CacheHealth } from './operations/cache-health.ts';
import { MailBacklog } from './operations/mail-backlog.ts';
import { AddressBook } from './people/address-book.ts';
import { GatewayClient } from './people/gateway.client.ts';
import { PeopleProjection } from './people/people.projection.ts';
import { PeopleRepository } from './people/people.repository.ts';
import { PreferencesController } from './preferences/preferences.controller.ts';
import { PreferencesRepository } from './preferences/preferences.repository.ts';
import { NewRowsConsumer } from './stream/new-rows.consumer.ts';
import { StreamController } from './stream/stream.controller.ts';
import { StreamHub } from './stream/stream.hub.ts';
import { heardTopics, serviceName, tables } from './service-parts.ts';

/** What a test may put in place of a part. */
export interface ModuleParts {
  /** Where the keys of access tokens come from; `JWKS_URL` when left out. */
  keySource?: Provider;
}

/** Tells people what happened: ledger, inbox, mail. */
@Module({})
export class NotificationsModule {
  static forRoot(config: NotificationsConfig, { keySource }: ModuleParts = {}): DynamicModule {
    const redis = new JobsRedis(config.JOBS_REDIS_URL);
    return {
      module: NotificationsModule,
      imports: [
        ServiceModule.forRoot(serviceName, config),
        EndpointModule,
        AuthModule.forRoot(keySource),
        DynamoModule.forRoot({ service: serviceName, tables, config }),
        MessagingModule.forRoot({ service: serviceName, config, topics: heardTopics }),
        CacheModule.forRoot({
          useFactory: () => ({ redisUrl: config.REDIS_URL, prefix: `${config.CACHE_PREFIX}${serviceName}:` }),
        }),
        mailQueueModule(config, redis),
      ],
      controllers: [
        PreferencesController,
        StreamController,
        InboxController,
        EnrollmentEventsConsumer,
        UserEventsConsumer,
        PasswordResetEventsConsumer,
        SessionEventsConsumer,
        NewRowsConsumer,
      ],
      providers: [...providers, { provide: JobsRedis, useValue: redis }, ledgerSettings(config)],
    };
  }
}

const providers: Provider[] = [
  PeopleProjection,
  PeopleRepository,
  GatewayClient,
  AddressBook,
  PreferencesRepository,
  LedgerRepository,
  LedgerBacklog,
  LedgerWriter,
  InboxCache,
  InboxChanges,
  InboxRepository,
  InboxReader,
  InboxService,
  StreamHub,
  MailClaims,
  MailStates,
  MailComposer,
  SmtpTransport,
  MailSender,
  MailQueue,
  MailSweeper,
  NewMailsListener,
  CacheHealth,
  MailBacklog,
  {
    provide: IdempotentRequests,
    inject: [Dynamo],
    useFactory: (dynamo: Dynamo) => new IdempotentRequests(dynamo),
  },
  {
    provide: LEDGER_LISTENERS,
    inject: [InboxChanges, NewMailsListener, StreamHub],
    useFactory: (...listeners: LedgerListener[]) => listeners,
  },
];

function ledgerSettings(config: NotificationsConfig): Provider {
  const maxMailAgeMs = config.MAIL_MAX_AGE_HOURS * 3_600_000;
  return { provide: LEDGER_SETTINGS, useValue: { maxMailAgeMs } };
}

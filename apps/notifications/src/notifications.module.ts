import { Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import { AuditModule } from '@registrar/audit';
import { AuthModule } from '@registrar/auth';
import { CacheModule } from '@registrar/cache';
import { notificationRoutes } from '@registrar/contracts-notifications';
import { DynamoModule } from '@registrar/dynamodb';
import { MessagingModule, OutboxModule } from '@registrar/messaging';
import { EndpointModule } from '@registrar/endpoint';
import { PrivacyModule } from '@registrar/privacy';
import { ServiceModule } from '@registrar/service';
import { InboxModule } from './inbox/inbox.module.ts';
import { IntakeModule } from './intake/intake.module.ts';
import { MailModule } from './mail/mail.module.ts';
import type { NotificationsConfig } from './notifications.config.ts';
import { OperationsModule } from './operations/operations.module.ts';
import { PreferencesModule } from './preferences/preferences.module.ts';
import { subscribedTopics, serviceName as service, tables } from './service-parts.ts';
import { StreamModule } from './sse/stream.module.ts';

/** What a test may put in place of a part. */
interface ModuleParts {
  /** Where the keys of access tokens come from; `JWKS_URL` when left out. */
  keySource?: Provider;
}

/** Notifies users: ledger, inbox, mail. */
@Module({
  imports: [InboxModule, IntakeModule, MailModule, OperationsModule, PreferencesModule, StreamModule],
})
export class NotificationsModule {
  static forRoot(config: NotificationsConfig, { keySource }: ModuleParts = {}): DynamicModule {
    return {
      module: NotificationsModule,
      imports: [
        ServiceModule.forRoot(service, config),
        EndpointModule.forRoot(notificationRoutes),
        AuthModule.forRoot(keySource),
        DynamoModule.forRoot({ service, tables, config }),
        MessagingModule.forRoot({ service, config, topics: subscribedTopics }),
        OutboxModule.forRoot(),
        AuditModule.forRoot(),
        PrivacyModule.forService(),
        CacheModule.forRoot({ service, config, healthName: 'redis-cache' }),
      ],
    };
  }
}

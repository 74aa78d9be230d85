import { Module } from '@nestjs/common';
import { IdempotencyModule } from '@registrar/idempotency';
import { InboxCache } from './inbox-cache.ts';
import { InboxChanges } from './inbox-changes.ts';
import { InboxController } from './inbox.controller.ts';
import { InboxData } from './inbox-data.ts';
import { InboxReader } from './inbox.reader.ts';
import { InboxRepository } from './inbox.repository.ts';
import { InboxService } from './inbox.service.ts';

/** One's own notifications, read and unread. */
@Module({
  imports: [IdempotencyModule],
  controllers: [InboxController],
  providers: [InboxCache, InboxChanges, InboxData, InboxReader, InboxRepository, InboxService],
  exports: [InboxChanges, InboxReader],
})
export class InboxModule {}

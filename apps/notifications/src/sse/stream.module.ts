import { Module } from '@nestjs/common';
import { InboxModule } from '../inbox/inbox.module.ts';
import { NewRowsConsumer } from './new-rows.consumer.ts';
import { StreamController } from './stream.controller.ts';
import { StreamHub } from './stream.hub.ts';

/** New notifications as a stream of server-sent events. */
@Module({
  imports: [InboxModule],
  controllers: [StreamController, NewRowsConsumer],
  providers: [StreamHub],
  exports: [StreamHub],
})
export class StreamModule {}

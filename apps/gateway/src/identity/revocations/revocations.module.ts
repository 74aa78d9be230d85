import { Module } from '@nestjs/common';
import { RevocationPoller } from './revocation-poller.ts';
import { Revocations } from './revocations.ts';
import { SessionEventsController } from './session-events.controller.ts';

/** Revoked tokens. */
@Module({
  controllers: [SessionEventsController],
  providers: [Revocations, RevocationPoller],
  exports: [Revocations, RevocationPoller],
})
export class RevocationsModule {}

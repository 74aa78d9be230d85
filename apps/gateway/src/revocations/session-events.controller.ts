import { Controller } from '@nestjs/common';
import { sessionRevoked } from '@registrar/contracts-gateway';
import { InstanceEvent } from '@registrar/messaging';
import { RevocationPoller } from './revocation-poller.ts';

/** Has this instance look for revocations as soon as it hears of one, instead of at its next look. */
@Controller()
export class SessionEventsController {
  constructor(private readonly poller: RevocationPoller) {}

  @InstanceEvent(sessionRevoked)
  revoked(): Promise<void> {
    return this.poller.look();
  }
}

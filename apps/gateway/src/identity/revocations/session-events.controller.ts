import { Controller } from '@nestjs/common';
import { sessionRevoked } from '@registrar/contracts-gateway';
import type { SessionEventData } from '@registrar/contracts-gateway';
import { InstanceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { RevocationPoller } from './revocation-poller.ts';
import { Revocations } from './revocations.ts';

/**
 * Applies revocations of other instances as soon as their events come, whatever time they carry.
 *
 * Guarantee: an event only ever ends tokens, and the same one again changes nothing. Failure: an event that does
 * not say which of a user's tokens it ends (of a gateway of an earlier release) triggers a poll.
 */
@Controller()
export class SessionEventsController {
  constructor(
    private readonly poller: RevocationPoller,
    private readonly revocations: Revocations,
  ) {}

  @InstanceEvent(sessionRevoked)
  revoked({ id, data }: CloudEvent<SessionEventData>): Promise<void> {
    const { userId, sessionId, reason, notBefore, minVersion, exceptSessionId = null } = data;
    if (sessionId === null && minVersion === undefined) return this.poller.refreshRevocations();
    const at = Date.parse(notBefore);
    this.revocations.apply({
      id,
      userId,
      sessionId,
      minVersion: minVersion ?? 0,
      exceptSessionId,
      reason,
      at,
    });
    return Promise.resolve();
  }
}

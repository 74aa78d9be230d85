import { Controller } from '@nestjs/common';
import type { SessionEventData } from '@registrar/contracts-gateway';
import { sessionRevoked } from '@registrar/contracts-gateway';
import { Dynamo } from '@registrar/dynamodb';
import { ServiceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { LedgerWriter } from '../ledger/ledger.writer.ts';
import { passwordChangedNotice } from '../ledger/notice.rules.ts';

/**
 * Has a mail sent to the owner whenever a password was changed or reset: each of them ends sessions.
 *
 * Failure: no mail where the event is learnt of more than an hour later; a group that is new on its topic, as at the
 * first deployment, would else send those of a whole day.
 */
@Controller()
export class SessionEventsConsumer {
  constructor(
    private readonly ledger: LedgerWriter,
    private readonly dynamo: Dynamo,
  ) {}

  @ServiceEvent(sessionRevoked, { concurrency: 50 })
  async sessionRevoked(event: CloudEvent<SessionEventData>): Promise<void> {
    const notice = passwordChangedNotice(event, this.dynamo.now());
    if (notice) await this.ledger.write(notice);
  }
}

import { Controller } from '@nestjs/common';
import type { SessionEventData } from '@registrar/contracts-gateway';
import { sessionRevoked } from '@registrar/contracts-gateway';
import { ServiceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { LedgerWriter } from '../ledger/ledger.writer.ts';
import { passwordChangedNotice } from './notice.rules.ts';

/** Has a mail sent to the owner whenever a password was changed or reset: each of them ends sessions. */
@Controller()
export class SessionEventsConsumer {
  constructor(private readonly ledger: LedgerWriter) {}

  @ServiceEvent(sessionRevoked, { lanes: 50 })
  async tell(event: CloudEvent<SessionEventData>): Promise<void> {
    const notice = passwordChangedNotice(event);
    if (notice) await this.ledger.write(notice);
  }
}

import { Controller } from '@nestjs/common';
import { accountMailRequested } from '@registrar/contracts-gateway';
import type { AccountMailEventData } from '@registrar/contracts-gateway';
import { ServiceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { LedgerWriter } from '../ledger/ledger.writer.ts';
import { accountMailNotice } from '../ledger/notice.rules.ts';

/** Has every mail sent that the gateway asks for. */
@Controller()
export class AccountMailEventsConsumer {
  constructor(private readonly ledger: LedgerWriter) {}

  @ServiceEvent(accountMailRequested, { concurrency: 50 })
  async mailRequested(event: CloudEvent<AccountMailEventData>): Promise<void> {
    await this.ledger.write(accountMailNotice(event));
  }
}

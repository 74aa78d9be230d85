import { Controller } from '@nestjs/common';
import type { PasswordResetEventData } from '@registrar/contracts-gateway';
import { passwordResetRequested } from '@registrar/contracts-gateway';
import { ServiceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { LedgerWriter } from '../ledger/ledger.writer.ts';
import { resetNotice } from '../ledger/notice.rules.ts';

/** Has a mail sent for every password reset that was asked for. */
@Controller()
export class PasswordResetEventsConsumer {
  constructor(private readonly ledger: LedgerWriter) {}

  @ServiceEvent(passwordResetRequested, { concurrency: 50 })
  async resetRequested(event: CloudEvent<PasswordResetEventData>): Promise<void> {
    await this.ledger.write(resetNotice(event));
  }
}

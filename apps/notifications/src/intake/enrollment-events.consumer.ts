import { Controller, Inject } from '@nestjs/common';
import type { EnrollmentEventData } from '@registrar/contracts-enrollments';
import { enrollmentEvents } from '@registrar/contracts-enrollments';
import { ServiceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { CONFIG } from '@registrar/service';
import { LedgerWriter } from '../ledger/ledger.writer.ts';
import type { NotificationsConfig } from '../notifications.config.ts';
import { enrollmentNotice } from '../ledger/notice.rules.ts';

/** Events at a time: enough to fill the transactions that rows are written in. */
const concurrency = 300;

/** Notifies students of changes of their enrollments. Order holds within an enrollment, not within a course. */
@Controller()
export class EnrollmentEventsConsumer {
  constructor(
    private readonly ledger: LedgerWriter,
    @Inject(CONFIG) private readonly config: NotificationsConfig,
  ) {}

  @ServiceEvent(enrollmentEvents, { concurrency, concurrencyKey: (event) => event.data.enrollment.id })
  async enrollmentChanged(event: CloudEvent<EnrollmentEventData>): Promise<void> {
    const notice = enrollmentNotice(event, this.config.LINK_BASE);
    if (notice) await this.ledger.write(notice);
  }
}

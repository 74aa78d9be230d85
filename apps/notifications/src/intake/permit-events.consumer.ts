import { Controller, Inject } from '@nestjs/common';
import { campusTime } from '@registrar/campus';
import type { CampusTime } from '@registrar/campus';
import { permitDeclined, permitGranted } from '@registrar/contracts-enrollments';
import type { PermitEventData } from '@registrar/contracts-enrollments';
import { ServiceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { CONFIG } from '@registrar/service';
import { LedgerWriter } from '../ledger/ledger.writer.ts';
import { permitNotice } from '../ledger/permit-notice.rules.ts';
import type { NotificationsConfig } from '../notifications.config.ts';
import { PermitNotesClient } from './permit-notes.client.ts';

const concurrency = 20;

/** Notifies students of permits that were granted and of requests that were declined, in their order for each. */
@Controller()
export class PermitEventsConsumer {
  private readonly campusTime: CampusTime;

  constructor(
    private readonly ledger: LedgerWriter,
    private readonly notes: PermitNotesClient,
    @Inject(CONFIG) private readonly config: NotificationsConfig,
  ) {
    this.campusTime = campusTime(config.CAMPUS_TIME_ZONE, 'en');
  }

  @ServiceEvent([permitGranted, permitDeclined], {
    concurrency,
    concurrencyKey: (event) => event.data.userId,
  })
  async permitChanged(event: CloudEvent<PermitEventData>): Promise<void> {
    // Events of before carry it.
    const note = event.data.note ?? (await this.notes.noteOf(event.data.permitId));
    const whole = { ...event, data: { ...event.data, note } };
    const notice = permitNotice(whole, this.config.LINK_BASE, this.campusTime);
    if (notice) await this.ledger.write(notice);
  }
}

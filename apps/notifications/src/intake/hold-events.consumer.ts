import { Controller, Inject } from '@nestjs/common';
import { campusTime } from '@registrar/campus';
import type { CampusTime } from '@registrar/campus';
import type { HoldEventData } from '@registrar/contracts-enrollments';
import { holdPlaced, holdReleased } from '@registrar/contracts-enrollments';
import { ServiceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { CONFIG } from '@registrar/service';
import { LedgerWriter } from '../ledger/ledger.writer.ts';
import { holdNotice } from '../ledger/notice.rules.ts';
import type { NotificationsConfig } from '../notifications.config.ts';

/** Events at a time: an import of holds has thousands. */
const concurrency = 100;

/** Notifies students of holds that were placed on them or released, in the order in which it happened to each. */
@Controller()
export class HoldEventsConsumer {
  private readonly campusTime: CampusTime;

  constructor(
    private readonly ledger: LedgerWriter,
    @Inject(CONFIG) private readonly config: NotificationsConfig,
  ) {
    this.campusTime = campusTime(config.CAMPUS_TIME_ZONE, 'en');
  }

  @ServiceEvent([holdPlaced, holdReleased], { concurrency, concurrencyKey: (event) => event.data.userId })
  async holdChanged(event: CloudEvent<HoldEventData>): Promise<void> {
    const notice = holdNotice(event, this.config.LINK_BASE, this.campusTime);
    if (notice) await this.ledger.write(notice);
  }
}

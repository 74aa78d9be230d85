import { Controller, Inject } from '@nestjs/common';
import { campusTime } from '@registrar/campus';
import type { CampusTime } from '@registrar/campus';
import type { ExportEventData } from '@registrar/contracts-gateway';
import { exportReady } from '@registrar/contracts-gateway';
import { ServiceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { CONFIG } from '@registrar/service';
import { LedgerWriter } from '../ledger/ledger.writer.ts';
import { exportNotice } from '../ledger/notice.rules.ts';
import type { NotificationsConfig } from '../notifications.config.ts';

/** Notifies users that they can download everything about themselves. */
@Controller()
export class ExportEventsConsumer {
  private readonly campusTime: CampusTime;

  constructor(
    private readonly ledger: LedgerWriter,
    @Inject(CONFIG) private readonly config: NotificationsConfig,
  ) {
    this.campusTime = campusTime(config.CAMPUS_TIME_ZONE, 'en');
  }

  @ServiceEvent(exportReady, { concurrency: 50 })
  async exportReady(event: CloudEvent<ExportEventData>): Promise<void> {
    await this.ledger.write(exportNotice(event, this.config.LINK_BASE, this.campusTime));
  }
}

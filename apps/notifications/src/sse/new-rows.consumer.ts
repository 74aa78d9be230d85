import { Controller, Inject } from '@nestjs/common';
import type { EnrollmentEventData, HoldEventData, PermitEventData } from '@registrar/contracts-enrollments';
import {
  enrollmentEvents,
  holdPlaced,
  holdReleased,
  permitDeclined,
  permitGranted,
} from '@registrar/contracts-enrollments';
import type { ExportEventData } from '@registrar/contracts-gateway';
import { exportReady } from '@registrar/contracts-gateway';
import { InstanceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { CONFIG } from '@registrar/service';
import { ledgerId } from '../ledger/ledger-entry.ts';
import { enrollmentNotice, holdTypeOf } from '../ledger/notice.rules.ts';
import { permitTypeOf } from '../ledger/permit-notice.rules.ts';
import type { NotificationsConfig } from '../notifications.config.ts';
import { StreamHub } from './stream.hub.ts';

/**
 * Notifies every instance of rows that any instance is about to write, for the streams that are open here. The
 * event says which row it will be; the ledger is then asked for it.
 */
@Controller()
export class NewRowsConsumer {
  constructor(
    private readonly hub: StreamHub,
    @Inject(CONFIG) private readonly config: NotificationsConfig,
  ) {}

  @InstanceEvent(enrollmentEvents, { concurrency: 100, concurrencyKey: (event) => event.id })
  enrollmentChanged(event: CloudEvent<EnrollmentEventData>): Promise<void> {
    const { userId } = event.data.enrollment;
    const notice = this.hub.has(userId) ? enrollmentNotice(event, this.config.LINK_BASE) : undefined;
    // Not awaited: the next event shall not wait until this one's row is there.
    if (notice) void this.hub.expect(userId, notice.id);
    return Promise.resolve();
  }

  @InstanceEvent(exportReady, { concurrency: 100, concurrencyKey: (event) => event.id })
  exportReady({ id, data: { userId } }: CloudEvent<ExportEventData>): Promise<void> {
    if (this.hub.has(userId)) void this.hub.expect(userId, ledgerId(id, userId, 'export_ready'));
    return Promise.resolve();
  }

  @InstanceEvent([holdPlaced, holdReleased], { concurrency: 100, concurrencyKey: (event) => event.id })
  holdChanged({ id, type, data: { userId } }: CloudEvent<HoldEventData>): Promise<void> {
    const kind = this.hub.has(userId) ? holdTypeOf(type) : undefined;
    if (kind) void this.hub.expect(userId, ledgerId(id, userId, kind));
    return Promise.resolve();
  }

  @InstanceEvent([permitGranted, permitDeclined], { concurrency: 100, concurrencyKey: (event) => event.id })
  permitChanged({ id, type, data: { userId } }: CloudEvent<PermitEventData>): Promise<void> {
    const kind = this.hub.has(userId) ? permitTypeOf(type) : undefined;
    if (kind) void this.hub.expect(userId, ledgerId(id, userId, kind));
    return Promise.resolve();
  }
}

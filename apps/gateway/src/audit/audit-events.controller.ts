import { Controller } from '@nestjs/common';
import { auditRecorded } from '@registrar/contracts-gateway';
import type { AuditEventData } from '@registrar/contracts-gateway';
import { ServiceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { AuditRepository } from './audit.repository.ts';

/** Keeps the records that all services publish, each once, however often its event comes. */
@Controller()
export class AuditEventsController {
  constructor(private readonly records: AuditRepository) {}

  // Records have no order but their time.
  @ServiceEvent(auditRecorded, { concurrency: 32, concurrencyKey: ({ id }) => id })
  recorded({ id, data }: CloudEvent<AuditEventData>): Promise<void> {
    return this.records.append({ ...data, id, address: data.address });
  }
}

import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.ts';
import { AuditEventsController } from './audit-events.controller.ts';
import { AuditRepository } from './audit.repository.ts';

/** Keeps everybody's audit records, and shows them to admins. */
@Module({ controllers: [AuditController, AuditEventsController], providers: [AuditRepository] })
export class AuditRecordsModule {}

import { Module } from '@nestjs/common';
import { AuditLog } from './audit-log.ts';

/** Who did what, as log events. */
@Module({ providers: [AuditLog], exports: [AuditLog] })
export class AuditModule {}

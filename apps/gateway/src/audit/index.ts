export { AuditRecordsModule } from './audit-records.module.ts';

export * from './audit.module.ts';
export type { AddressOf } from './http/http-audit.ts';
export { auditEvent, auditOutboxEntry, type AuditActor, type AuditFacts } from './record/audit-event.ts';
export * from './record/auditor.ts';
export * from './rules/changes.rules.ts';
export * from './rules/resource.rules.ts';

/** What the gateway's other folders use of identity. */
export { AuditLog } from './audit/audit-log.ts';
export { IdentityModule } from './identity.module.ts';
export { ProfileCache } from './users/profile-cache.ts';
export { RevocableVerifier } from './revocations/revocable-verifier.ts';
export { Revocations } from './revocations/revocations.ts';

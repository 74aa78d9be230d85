export * from './answer.ts';
export { IdempotencyModule } from './idempotency.module.ts';
export * from './idempotency-record.ts';
export * from './idempotent-request.ts';
export * from './idempotent-requests.ts';
export { ConcurrentDuplicates } from './concurrent-duplicates.ts';

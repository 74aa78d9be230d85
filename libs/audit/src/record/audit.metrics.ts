import { Counter } from 'prom-client';

/** Records that found no place to wait; not to be confused with those that a commit carries, which are never lost. */
export const droppedRecords = new Counter({
  name: 'audit_records_dropped_total',
  help: 'Audit records beside commits that were dropped because too many waited to be written',
  labelNames: ['kind'],
});

import { Counter, Gauge, Histogram } from 'prom-client';

/** Read and write capacity units that calls consumed; `index` is empty for the table itself. */
export const capacityUnits = new Counter({
  name: 'dynamodb_consumed_capacity_units_total',
  help: 'Capacity units consumed, by table, index (empty: the table itself) and kind (read, write)',
  labelNames: ['table', 'index', 'kind'],
});

/**
 * Read capacity units a second that a table or index has at most; 0 where it is billed by request. As they were when
 * the table was last described, which every service does at its start.
 */
export const provisionedReadUnits = new Gauge({
  name: 'dynamodb_provisioned_read_units',
  help: 'Read capacity units a second provisioned for a table or index at its last description, 0 on demand',
  labelNames: ['table', 'index'],
});

/** Calls sent, each try counted; `outcome` is `ok` or the kind of fault. */
export const requests = new Counter({
  name: 'dynamodb_requests_total',
  help: 'Calls sent to DynamoDB, by table, queried index, operation and outcome',
  labelNames: ['table', 'index', 'operation', 'outcome'],
});

/** Time of one try, from the call to its answer, in seconds. */
export const requestSeconds = new Histogram({
  name: 'dynamodb_request_duration_seconds',
  help: 'Time of one call to DynamoDB, each try by itself',
  labelNames: ['table', 'operation'],
  buckets: [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
});

/** Calls that DynamoDB refused because of their rate. */
export const throttledRequests = new Counter({
  name: 'dynamodb_throttled_requests_total',
  help: 'Calls that DynamoDB refused because of their rate',
  labelNames: ['table'],
});

/** Tries beyond a call's first. */
export const retries = new Counter({
  name: 'dynamodb_retries_total',
  help: 'Tries beyond the first, by the fault that caused them',
  labelNames: ['fault'],
});

import { Counter, Gauge, Histogram } from 'prom-client';

/** From the commit to Kafka's acknowledgement, in seconds. */
export const publishSeconds = new Histogram({
  name: 'outbox_publish_seconds',
  help: 'Time from the commit of an event to the acknowledgement of Kafka',
  labelNames: ['topic'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
});

/** Events that Kafka acknowledged, duplicates included. */
export const publishedEvents = new Counter({
  name: 'outbox_published_events_total',
  help: 'Events acknowledged by Kafka, duplicates included',
  labelNames: ['topic'],
});

/** Batches that Kafka did not acknowledge; they are tried again. */
export const publishFailures = new Counter({
  name: 'outbox_publish_failures_total',
  help: 'Batches that Kafka did not acknowledge, each try counted',
});

/** Commits that were left to the sweeper because the relay's queue was full. */
export const droppedHandOvers = new Counter({
  name: 'outbox_handovers_dropped_total',
  help: 'Commits left to the sweeper because the queue of the relay was full',
});

/** Entries whose removal from the table failed; the sweeper publishes them again. */
export const removalFailures = new Counter({
  name: 'outbox_removal_failures_total',
  help: 'Published entries whose removal failed and that may be published again',
});

/** Events that wait in this instance's memory. */
export const waitingEvents = new Gauge({
  name: 'outbox_waiting_events',
  help: 'Events that wait in memory to be published',
});

/** Age of the oldest entry that the sweeper found, in seconds; 0 when none stays behind. */
export const oldestPendingSeconds = new Gauge({
  name: 'outbox_oldest_pending_seconds',
  help: 'Age of the oldest unpublished entry that the sweeper found, 0 when none',
});

/** Entries handed to the relay by the sweeper. */
export const sweptAggregates = new Counter({
  name: 'outbox_swept_aggregates_total',
  help: 'Aggregates whose entries stayed behind and were taken up by the sweeper',
});

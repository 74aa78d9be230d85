import { Counter, Gauge, Histogram } from 'prom-client';

/** Events that came in; `outcome`: handled, skipped, retried, dead_lettered, dropped. */
export const consumedEvents = new Counter({
  name: 'messaging_consumed_events_total',
  help: 'Events that a group read, by what became of them',
  labelNames: ['group', 'topic', 'outcome'],
});

/** Time in a handler, in seconds, each try by itself. */
export const handlerSeconds = new Histogram({
  name: 'messaging_handler_seconds',
  help: 'Time in an event handler, each try by itself',
  labelNames: ['group', 'topic'],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
});

/** From the event's time to its being handled, in seconds. */
export const eventAgeSeconds = new Histogram({
  name: 'messaging_event_age_seconds',
  help: 'Time from what an event tells of to its being handled',
  labelNames: ['group', 'topic'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
});

/** Events between what is done and the end of a partition. */
export const lagEvents = new Gauge({
  name: 'messaging_lag_events',
  help: 'Events of a partition that a group has not done yet',
  labelNames: ['group', 'topic', 'partition'],
});

/** Times that a consumer was recreated. */
export const rejoins = new Counter({
  name: 'messaging_consumer_rejoins_total',
  help: 'Times that a consumer was lost and recreated',
  labelNames: ['group'],
});

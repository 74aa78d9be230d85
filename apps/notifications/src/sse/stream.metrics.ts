import { Gauge } from 'prom-client';

/** Event streams that are open on this instance. */
export const openStreams = new Gauge({
  name: 'notifications_open_streams',
  help: 'Event streams that clients hold open on this instance',
});

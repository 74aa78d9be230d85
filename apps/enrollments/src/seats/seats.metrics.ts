import { Counter, Gauge } from 'prom-client';

/** Live streams of seats that are open on this instance. */
export const openSeatStreams = new Gauge({
  name: 'enrollments_seat_streams_open',
  help: 'Live streams of seats that are open on this instance.',
});

/** Writes of changes to all streams that show the same courses. */
export const seatBroadcasts = new Counter({
  name: 'enrollments_seat_broadcasts_total',
  help: 'Writes of changed seats to all streams that show the same courses.',
});

/** Streams ended because their client did not read. */
export const slowSeatStreams = new Counter({
  name: 'enrollments_seat_streams_cut_total',
  help: 'Live streams of seats that were ended because their client did not read.',
});

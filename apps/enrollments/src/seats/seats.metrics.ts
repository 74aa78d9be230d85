import { Counter, Gauge } from 'prom-client';

/** Live streams of seats that are open on this instance. */
export const openSeatStreams = new Gauge({
  name: 'enrollments_seat_streams_open',
  help: 'Live streams of seats that are open on this instance.',
});

/** Events that were written to all streams of a course at once. */
export const seatBroadcasts = new Counter({
  name: 'enrollments_seat_broadcasts_total',
  help: 'Changes of seats sent to all streams of a course.',
});

/** Streams ended because their client did not read. */
export const slowSeatStreams = new Counter({
  name: 'enrollments_seat_streams_cut_total',
  help: 'Live streams of seats that were ended because their client did not read.',
});

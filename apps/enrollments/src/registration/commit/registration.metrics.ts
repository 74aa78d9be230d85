import { Counter, Gauge, Histogram } from 'prom-client';

/** How many requests shared a commit. */
export const groupSize = new Histogram({
  name: 'enrollments_commit_group_size',
  help: 'Requests decided in one commit of a course.',
  buckets: [1, 2, 4, 8, 16, 24, 32],
});

/** Commits that lost to another one and were decided again. */
export const lostCommits = new Counter({
  name: 'enrollments_commits_lost_total',
  help: 'Commits refused by a condition and decided again, by whose item had changed.',
  labelNames: ['reason'] as const,
});

/** Requests that wait for a commit. */
export const waitingRequests = new Gauge({
  name: 'enrollments_commit_queue_length',
  help: 'Requests that wait in the queues of all courses of this instance.',
});

/** Commits that may be under way at a time. */
export const commitLimit = new Gauge({
  name: 'enrollments_commit_limit',
  help: 'Commits of courses that may be under way at a time, by what the store and the event loop take.',
});

/** Requests turned away because too many waited. */
export const shedRequests = new Counter({
  name: 'enrollments_commit_queue_rejected_total',
  help: 'Requests answered 503 because the queue was full.',
});

/** Commits that left a course with more students than seats, which must never happen: 0 for ever. */
export const seatBreaches = new Counter({
  name: 'enrollments_seat_breaches_total',
  help: 'Commits that gave more seats than a course has, beyond what a registrar overrode.',
});

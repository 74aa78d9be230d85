import { Counter, Gauge, Histogram } from 'prom-client';

/** From the change behind an event to its row in the inbox, in seconds. */
export const eventToInbox = new Histogram({
  name: 'notifications_event_to_inbox_seconds',
  help: 'Time from what an event tells of to its row in the ledger and the inbox',
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 30],
});

/** From the change behind an event to its mail with the mail server, in seconds. */
export const eventToSent = new Histogram({
  name: 'notifications_event_to_sent_seconds',
  help: 'Time from what an event tells of to the mail server having taken its mail',
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600],
});

/** Attempts to send; `outcome`: sent, retry, failed, lost_claim (another process had taken it over). */
export const mailAttempts = new Counter({
  name: 'notifications_mail_attempts_total',
  help: 'Attempts to send a mail, by what became of them',
  labelNames: ['outcome'],
});
// A counter that begins with its first failure hides that one from every rate.
for (const outcome of ['sent', 'retry', 'failed', 'lost_claim']) mailAttempts.inc({ outcome }, 0);

/** Rows written; `mail`: queued or suppressed. */
export const ledgerRows = new Counter({
  name: 'notifications_ledger_rows_total',
  help: 'Rows written to the ledger, by kind and by what happens with their mail',
  labelNames: ['kind', 'mail'],
});

/** Mails that the sweeper found; `path`: requeued (given to the jobs again), direct (sent without them). */
export const sweptMails = new Counter({
  name: 'notifications_swept_mails_total',
  help: 'Overdue mails that the sweeper found, by what it did with them',
  labelNames: ['path'],
});

/** Jobs that could not be scheduled because the jobs' Redis did not take them. */
export const unscheduledMails = new Counter({
  name: 'notifications_unscheduled_mails_total',
  help: 'Mails whose job could not be scheduled; the sweeper sends them',
});

/** Mails in the ledger that are `queued` or `failed`; counting ends at 2,000 in each shard. */
export const mailsInState = new Gauge({
  name: 'notifications_mails',
  help: 'Mails in the ledger that wait (queued) or were given up (failed)',
  labelNames: ['state'],
});

/** Jobs of the mail queue: `waiting`, `active`, `delayed`. */
export const mailJobs = new Gauge({
  name: 'notifications_mail_jobs',
  help: 'Jobs of the mail queue, by state',
  labelNames: ['state'],
});

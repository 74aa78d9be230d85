import type { MailPlace } from './mail-states.repository.ts';

/** A mail that is overdue for so long may have lost its job. */
export const lostAfterMs = 3_000;

/** With no job waiting, a mail that is overdue for so long is held by a job of a process that died. */
export const stuckAfterMs = 10_000;

/** So long no line is: whatever the jobs say, such a mail is sent without them. */
export const forgottenAfterMs = 60_000;

/** What is to be done about overdue mails. */
interface SweepPlan {
  /** To be given to the jobs again; one whose job is there stays as it is. */
  requeue: MailPlace[];
  /** To be sent from here. */
  direct: MailPlace[];
}

/**
 * What is to be done about `overdue` mails (all past due by `lostAfterMs`).
 *
 * While more jobs wait than mails are overdue, those mails stand in line and are left there.
 *
 * @param waiting jobs that wait; undefined while the jobs' Redis is away
 */
export function planSweep(
  overdue: readonly MailPlace[],
  waiting: number | undefined,
  nowMs: number,
): SweepPlan {
  if (waiting === undefined) return { requeue: [], direct: [...overdue] };
  const overdueAfterMs = waiting === 0 ? stuckAfterMs : forgottenAfterMs;
  const direct = overdue.filter((mail) => mail.mail_due_at <= nowMs - overdueAfterMs);
  if (waiting >= overdue.length) return { requeue: [], direct };
  return { requeue: overdue.filter((mail) => mail.mail_due_at > nowMs - overdueAfterMs), direct };
}

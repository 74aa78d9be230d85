import { Injectable } from '@nestjs/common';
import { traceparentOf } from '@registrar/service';
import { UsersRepository } from '@registrar/users-projection';
import type { LedgerCommit, LedgerListener } from '../ledger/ledger-commit.ts';
import type { NotificationRow } from '../ledger/notification-row.ts';
import { eventToInbox, ledgerRows } from './mail.metrics.ts';
import { MailQueue } from './mail.queue.ts';

/** Schedules the mails of new rows at once. Nobody waits for it: what cannot be scheduled, the sweeper finds. */
@Injectable()
export class NewMailsListener implements LedgerListener {
  constructor(
    private readonly queue: MailQueue,
    private readonly users: UsersRepository,
  ) {}

  committed({ rows, traces }: LedgerCommit): Promise<void> {
    const nowMs = Date.now();
    for (const row of rows) {
      ledgerRows.inc({ kind: row.kind, mail: row.mail_status });
      eventToInbox.observe(Math.max(0, nowMs - row.event_at) / 1_000);
    }
    void this.schedule(
      rows.filter((row) => row.mail_status === 'queued'),
      traces,
    );
    return Promise.resolve();
  }

  private async schedule(queued: readonly NotificationRow[], traces: LedgerCommit['traces']): Promise<void> {
    // Recipients are read for all at once: each mail then finds its own in the cache. One that fails reads it itself.
    if (queued.length > 1)
      await this.users.byIds(queued.map((row) => row.recipient_id)).catch(() => undefined);
    const jobs = queued.map(({ id }) => {
      const trace = traces.get(id);
      return { id, attempts: 0, ...(trace && { traceparent: traceparentOf(trace) }) };
    });
    await this.queue.schedule(jobs);
  }
}

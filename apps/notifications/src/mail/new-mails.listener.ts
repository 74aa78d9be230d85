import { Injectable } from '@nestjs/common';
import { traceparentOf } from '@registrar/service';
import type { LedgerCommit, LedgerListener } from '../ledger/ledger-commit.ts';
import { eventToInbox, ledgerRows } from './mail.metrics.ts';
import { MailQueue } from './mail.queue.ts';

/** Schedules the mails of new rows at once. Nobody waits for it: what cannot be scheduled, the sweeper finds. */
@Injectable()
export class NewMailsListener implements LedgerListener {
  constructor(private readonly queue: MailQueue) {}

  committed({ rows, traces }: LedgerCommit): Promise<void> {
    const nowMs = Date.now();
    for (const row of rows) {
      ledgerRows.inc({ kind: row.kind, mail: row.mail_status });
      eventToInbox.observe(Math.max(0, nowMs - row.event_at) / 1_000);
    }
    const queued = rows.filter((row) => row.mail_status === 'queued');
    const jobs = queued.map(({ id }) => {
      const trace = traces.get(id);
      return { id, attempts: 0, ...(trace && { traceparent: traceparentOf(trace) }) };
    });
    void this.queue.schedule(jobs);
    return Promise.resolve();
  }
}

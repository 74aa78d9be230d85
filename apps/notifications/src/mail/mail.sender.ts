import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { PeriodicTask } from '@registrar/async';
import { CONFIG, Problem } from '@registrar/service';
import type { NotificationRow } from '../ledger/notification-row.ts';
import { InboxChanges } from '../inbox/inbox-changes.ts';
import type { NotificationsConfig } from '../notifications.config.ts';
import { eventToSent, mailAttempts } from './mail.metrics.ts';
import { MailClaims } from './mail-claims.repository.ts';
import type { MailOutcome } from './mail-claims.repository.ts';
import { retryAfterMs } from './mail-retry.rules.ts';
import { MailComposer } from './mail.composer.ts';
import { smtpFault } from './smtp-faults.rules.ts';
import { SmtpTransport } from './smtp.transport.ts';

/** An attempt that failed in a way that the mail is to be tried again, and how soon. */
export interface MailToRetry {
  id: string;
  /** Attempts so far. */
  attempts: number;
  /** How long from now on it is not due. */
  inMs: number;
}

/**
 * Sends the mail of one ledger row, if it is to be sent now.
 *
 * Guarantee: however often it is called, one attempt at a time runs, and a mail that is marked as sent is not sent
 * again. A process that dies between the server's OK and the mark sends it twice, under the same Message-ID.
 * Failure: a mail that did not go out is due again later, or failed; only a store that is away makes it reject.
 */
@Injectable()
export class MailSender {
  private readonly logger = new Logger(MailSender.name);
  private readonly running = new Set<Promise<unknown>>();

  constructor(
    @Inject(CONFIG) private readonly config: NotificationsConfig,
    private readonly claims: MailClaims,
    private readonly composer: MailComposer,
    private readonly transport: SmtpTransport,
    private readonly inbox: InboxChanges,
  ) {}

  /** Attempts to send; gives what is to be tried again, undefined where nothing is left to do here. */
  async sendMail(id: string): Promise<MailToRetry | undefined> {
    const work = this.attempt(id);
    this.running.add(work);
    try {
      return await work;
    } finally {
      this.running.delete(work);
    }
  }

  /** Waits for the attempts that run. */
  async whenIdle(): Promise<void> {
    await Promise.allSettled(this.running);
  }

  private async attempt(id: string): Promise<MailToRetry | undefined> {
    const claim = randomUUID();
    const leaseMs = this.config.MAIL_LEASE_MS;
    const row = await this.claims.claim(id, claim, { nowMs: this.claims.now(), leaseMs });
    if (!row) return undefined;
    const outcome = await this.underLease(id, claim, () => this.deliver(row));
    const nowMs = this.claims.now();
    const { isOurs, row: after } = await this.claims.complete(id, claim, outcome, nowMs);
    mailAttempts.inc({ outcome: isOurs ? outcome.kind : 'lost_claim' });
    if (outcome.kind === 'sent') eventToSent.observe(Math.max(0, nowMs - row.event_at) / 1_000);
    if (after) await this.inbox.mailChanged(after);
    if (outcome.kind !== 'retry' || !isOurs) return undefined;
    return { id, attempts: row.mail_attempts, inMs: Math.max(0, outcome.dueAtMs - nowMs) };
  }

  /** Keeps the claim while `work` runs, so that a slow server does not make another send the same. */
  private async underLease<T>(id: string, claim: string, work: () => Promise<T>): Promise<T> {
    const leaseMs = this.config.MAIL_LEASE_MS;
    const renewal = new PeriodicTask(() => this.claims.renew(id, claim, this.claims.now() + leaseMs), {
      everyMs: leaseMs / 3,
      firstAfterMs: leaseMs / 3,
      onError: (error) => this.logger.warn({ err: error, id }, 'a claim could not be renewed'),
    });
    renewal.start();
    try {
      return await work();
    } finally {
      void renewal.stop();
    }
  }

  private async deliver(row: NotificationRow): Promise<MailOutcome> {
    if ((row.mail_expires_at ?? Infinity) <= this.claims.now()) return { kind: 'failed', reason: 'expired' };
    try {
      const composed = await this.composer.compose(row);
      if ('impossible' in composed) return this.failed(row, composed.impossible);
      await this.transport.sendMail(composed.mail);
      return { kind: 'sent' };
    } catch (error) {
      const { kind, reason } = error instanceof Problem ? passing(error) : smtpFault(error);
      const afterMs = kind === 'permanent' ? undefined : this.retryAfterMs(row.mail_attempts);
      if (afterMs === undefined) return this.failed(row, reason);
      return { kind: 'retry', reason, dueAtMs: this.claims.now() + afterMs };
    }
  }

  private retryAfterMs(attempt: number): number | undefined {
    const {
      MAIL_MAX_ATTEMPTS: maxAttempts,
      MAIL_RETRY_BASE_MS: baseMs,
      MAIL_RETRY_CAP_MS: capMs,
    } = this.config;
    return retryAfterMs(attempt, { maxAttempts, baseMs, capMs }, Math.random());
  }

  private failed({ id, mail_attempts: attempts }: NotificationRow, reason: string): MailOutcome {
    this.logger.warn({ id, attempts, reason }, 'a mail failed for good');
    return { kind: 'failed', reason };
  }
}

/** What the gateway or the store could not do now. */
function passing({ code }: Problem): { kind: 'passing'; reason: string } {
  return { kind: 'passing', reason: code };
}

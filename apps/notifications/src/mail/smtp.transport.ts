import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { PeriodicTask } from '@registrar/async';
import { CONFIG, HealthRegistry } from '@registrar/service';
import type { DependencyHealth } from '@registrar/service';
import { createTransport } from 'nodemailer';
import type { SMTPPoolOptions } from 'nodemailer/lib/smtp-pool';
import type { MailContent } from '../messages/layout.ts';
import type { NotificationsConfig } from '../notifications.config.ts';
import { smtpFault } from './smtp-faults.rules.ts';

/** A mail with its way. */
export interface OutgoingMail extends MailContent {
  to: { name: string; address: string };
  messageId: string;
}

const probeEveryMs = 30_000;

/**
 * The way out: kept SMTP connections with time limits and a bounded rate.
 *
 * Guarantee: when `sendMail` resolves, the server has taken the mail over. Failure: rejects with nodemailer's error
 * after `MAIL_TIMEOUT_MS` of silence or `MAIL_DEADLINE_MS` in all; whether the server has the mail is then unknown where it was cut
 * off after the data. A server that is away never makes the service unready.
 */
@Injectable()
export class SmtpTransport implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(SmtpTransport.name);
  private readonly transporter: ReturnType<typeof pool>;
  private health: DependencyHealth = { state: 'connecting' };
  private readonly probe = new PeriodicTask(() => this.verify(), {
    everyMs: probeEveryMs,
    firstAfterMs: 0,
    onError: (error) => this.logger.warn({ err: error }, 'the probe failed'),
  });

  constructor(
    @Inject(CONFIG) private readonly config: NotificationsConfig,
    private readonly registry: HealthRegistry,
  ) {
    this.transporter = pool(config);
  }

  onApplicationBootstrap(): void {
    this.registry.register('smtp', 'never', () => this.health);
    this.probe.start();
  }

  async sendMail({ to, subject, text, html, messageId }: OutgoingMail): Promise<void> {
    try {
      await this.transporter.sendMail({
        from: this.config.MAIL_FROM,
        to,
        subject,
        text,
        html,
        messageId,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        signal: AbortSignal.timeout(this.config.MAIL_DEADLINE_MS),
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      this.health = { state: 'up' };
    } catch (error) {
      const { kind, reason } = smtpFault(error);
      this.health = kind === 'permanent' ? { state: 'up' } : { state: 'down', detail: reason };
      throw error;
    }
  }

  onApplicationShutdown(): void {
    void this.probe.stop();
    this.transporter.close();
  }

  private async verify(): Promise<void> {
    try {
      await this.transporter.verify();
      this.health = { state: 'up' };
    } catch (error) {
      const detail = smtpFault(error).reason;
      this.health = { state: 'down', detail };
      this.logger.warn({ detail }, 'the mail server does not answer; mails wait');
    }
  }
}

function pool(config: NotificationsConfig) {
  const options: SMTPPoolOptions & { pool: true } = {
    url: config.SMTP_URL,
    pool: true,
    maxConnections: config.MAIL_CONCURRENCY,
    maxMessages: 200,
    // The ledger tries again, and counts.
    maxRequeues: 0,
    rateDelta: 1_000,
    rateLimit: config.MAIL_RATE_PER_SECOND,
    connectionTimeout: config.MAIL_TIMEOUT_MS,
    greetingTimeout: config.MAIL_TIMEOUT_MS,
    socketTimeout: config.MAIL_TIMEOUT_MS,
    dnsTimeout: config.MAIL_TIMEOUT_MS,
  };
  return createTransport(options);
}

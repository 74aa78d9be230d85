import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { PeriodicTask } from '@registrar/async';
import { MailQueue } from '../mail/mail.queue.ts';
import { MailStates } from '../mail/mail-states.repository.ts';
import { mailJobs, mailsInState } from '../mail/mail.metrics.ts';

const everyMs = 15_000;

/**
 * Measures what waits, every 15 s: mails in the ledger that are queued or failed, and jobs of the queue.
 *
 * Failure: a figure that cannot be had keeps its last value.
 */
@Injectable()
export class MailBacklog implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(MailBacklog.name);
  private readonly measuring = new PeriodicTask(() => this.measure(), {
    everyMs,
    firstAfterMs: 0,
    onError: (error) => this.couldNot(error),
  });

  constructor(
    private readonly states: MailStates,
    private readonly queue: MailQueue,
  ) {}

  onApplicationBootstrap(): void {
    this.measuring.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.measuring.stop();
  }

  /** Brings the gauges up to date. */
  async measure(): Promise<void> {
    const results = await Promise.allSettled([this.mails(), this.jobs()]);
    for (const result of results) if (result.status === 'rejected') this.couldNot(result.reason);
  }

  private couldNot(error: unknown): void {
    this.logger.debug({ err: error }, 'a backlog could not be measured');
  }

  private async mails(): Promise<void> {
    for (const state of ['queued', 'failed'] as const) {
      mailsInState.set({ state }, await this.states.count(state));
    }
  }

  private async jobs(): Promise<void> {
    for (const [state, count] of Object.entries(await this.queue.length())) mailJobs.set({ state }, count);
  }
}

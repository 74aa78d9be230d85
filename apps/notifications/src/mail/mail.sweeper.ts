import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { PeriodicTask } from '@registrar/async';
import { CONFIG } from '@registrar/service';
import type { NotificationsConfig } from '../notifications.config.ts';
import { sweptMails } from './mail.metrics.ts';
import { MailQueue } from './mail.queue.ts';
import { MailSender } from './mail.sender.ts';
import type { MailPlace } from './mail-states.repository.ts';
import { MailStates } from './mail-states.repository.ts';
import { lostAfterMs, planSweep } from './sweep.rules.ts';

/** Mails of one shard taken up in one sweep. */
const perShard = 12;

/**
 * Finds mails that are due and that no job sends: the job was lost with Redis, never made, or died with its
 * process. While the jobs' Redis is away mails go out from here.
 *
 * Guarantee: a row that waits for its mail is found again within `MAIL_SWEEP_MS`, whatever else was lost.
 * Failure: a store that is away is waited for.
 */
@Injectable()
export class MailSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(MailSweeper.name);
  private readonly sweeps: PeriodicTask;

  constructor(
    @Inject(CONFIG) private readonly config: NotificationsConfig,
    private readonly states: MailStates,
    private readonly queue: MailQueue,
    private readonly sender: MailSender,
  ) {
    this.sweeps = new PeriodicTask((signal) => this.sweep(this.states.now(), signal), {
      everyMs: config.MAIL_SWEEP_MS,
      jitter: 0.25,
      firstAfterMs: 0,
      onError: (error) => this.logger.warn({ err: error }, 'a sweep for lost mails failed'),
    });
  }

  onApplicationBootstrap(): void {
    this.sweeps.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweeps.stop();
  }

  /** One sweep of what is overdue at `nowMs`, the store's time; gives how many mails there were. */
  async sweep(nowMs: number, signal?: AbortSignal): Promise<number> {
    const overdue = await this.states.before('queued', nowMs - lostAfterMs, perShard);
    if (overdue.length === 0) return 0;
    const { requeue, direct } = planSweep(overdue, await this.queue.waiting(), nowMs);
    const jobs = requeue.map(({ id, mail_attempts: attempts }) => ({ id, attempts }));
    const requeued = await this.queue.schedule(jobs);
    if (requeued) sweptMails.inc({ path: 'requeued' }, requeue.length);
    await this.sendAll(requeued ? direct : overdue, signal);
    return overdue.length;
  }

  private async sendAll(mails: MailPlace[], signal?: AbortSignal): Promise<void> {
    const waiting = [...mails];
    sweptMails.inc({ path: 'direct' }, mails.length);
    const worker = async () => {
      for (let next = waiting.shift(); next && !signal?.aborted; next = waiting.shift()) {
        const again = await this.sender.sendMail(next.id);
        if (again) await this.queue.schedule([again]);
      }
    };
    await Promise.all(Array.from({ length: this.config.MAIL_CONCURRENCY }, worker));
  }
}

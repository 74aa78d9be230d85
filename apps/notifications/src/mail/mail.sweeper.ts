import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG } from '@registrar/service';
import type { NotificationsConfig } from '../notifications.config.ts';
import { sweptMails } from './mail.metrics.ts';
import { MailQueue } from './mail.queue.ts';
import { MailSender } from './mail.sender.ts';
import type { MailPlace } from './mail-states.repository.ts';
import { MailStates } from './mail-states.repository.ts';
import { lostAfterMs, planSweep } from './sweep.rules.ts';

/** Mails of one shard taken up in one look. */
const perShard = 12;

/**
 * Finds mails that are due and that nobody sends: their job was lost with Redis, never made, or died with its
 * process. While the jobs' Redis is away mails go out from here.
 *
 * Guarantee: a row that waits for its mail is found again within `MAIL_SWEEP_MS`, whatever else was lost.
 * Failure: a store that is away is waited for.
 */
@Injectable()
export class MailSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(MailSweeper.name);
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(CONFIG) private readonly config: NotificationsConfig,
    private readonly states: MailStates,
    private readonly queue: MailQueue,
    private readonly sender: MailSender,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** One look at what is overdue at `nowMs`, the store's time; gives how many mails there were. */
  async sweep(nowMs: number): Promise<number> {
    const overdue = await this.states.before('queued', nowMs - lostAfterMs, perShard);
    if (overdue.length === 0) return 0;
    const { requeue, direct } = planSweep(overdue, await this.queue.waiting(), nowMs);
    const jobs = requeue.map(({ id, mail_attempts: attempts }) => ({ id, attempts }));
    const requeued = await this.queue.schedule(jobs);
    if (requeued) sweptMails.inc({ path: 'requeued' }, requeue.length);
    await this.sendAll(requeued ? direct : overdue);
    return overdue.length;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.sweep(this.states.now());
      } catch (error) {
        this.logger.warn({ err: error }, 'a sweep for lost mails failed', MailSweeper.name);
      }
      // Instances that started together shall not sweep together.
      const waitMs = this.config.MAIL_SWEEP_MS * (0.75 + Math.random() / 2);
      await delay(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }

  private async sendAll(mails: MailPlace[]): Promise<void> {
    const waiting = [...mails];
    sweptMails.inc({ path: 'direct' }, mails.length);
    const worker = async () => {
      for (let next = waiting.shift(); next && !this.stopping.signal.aborted; next = waiting.shift()) {
        const again = await this.sender.send(next.id);
        if (again) await this.queue.schedule([again]);
      }
    };
    await Promise.all(Array.from({ length: this.config.MAIL_CONCURRENCY }, worker));
  }
}

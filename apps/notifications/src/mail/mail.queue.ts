import { InjectQueue } from '@nestjs/bull';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type {
  BeforeApplicationShutdown,
  OnApplicationBootstrap,
  OnApplicationShutdown,
} from '@nestjs/common';
import { CONFIG, HealthRegistry, SpanKind, continueTrace, inSpan } from '@registrar/service';
import type { Job, JobOptions, Queue } from 'bull';
import { unscheduledMails } from './mail.metrics.ts';
import { LedgerBacklog } from '../ledger/ledger-backlog.ts';
import type { NotificationsConfig } from '../notifications.config.ts';
import { JobsRedis } from './jobs-redis.ts';
import { MailSender } from './mail.sender.ts';
import type { MailToRetry } from './mail.sender.ts';

/** Name of the queue. */
export const mailQueue = 'mail';

/** A mail to schedule: the row, how often it was attempted before, and the trace that it belongs to. */
type MailJob = Omit<MailToRetry, 'inMs'> & { inMs?: number; traceparent?: string | undefined };

interface JobData {
  id: string;
  traceparent?: string | undefined;
}

/** A mail waits so long, at most, for inboxes that are still to be written: a place in the inbox goes first. */
const yieldMs = 500;

/** How long the end of a process waits for what Bull has to say. */
const closeLimitMs = 3_000;

/**
 * The timetable of mails: Bull jobs that name a ledger row, an attempt and a trace, and nothing else.
 *
 * Guarantee: none. A job is a hint that a row is due; the ledger decides, so a job that is lost or runs twice
 * costs time, never a mail. Failure: `schedule` gives false when the jobs' Redis does not take it, within 2 s.
 */
@Injectable()
export class MailQueue implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(MailQueue.name);
  private readonly ending = new AbortController();
  private loggedAt = -Infinity;

  constructor(
    @Inject(CONFIG) private readonly config: NotificationsConfig,
    @InjectQueue(mailQueue) private readonly queue: Queue<JobData>,
    private readonly redis: JobsRedis,
    private readonly sender: MailSender,
    private readonly backlog: LedgerBacklog,
    private readonly health: HealthRegistry,
  ) {}

  onApplicationBootstrap(): void {
    this.health.register('redis-jobs', 'at-start', () => this.redis.check());
    this.queue.on('error', (error) => this.failed(error));
    this.working().catch((error: unknown) => this.failed(error));
  }

  /** Schedules mails; those that are scheduled already stay as they are. False: the sweeper will find them. */
  async schedule(mails: readonly MailJob[]): Promise<boolean> {
    if (mails.length === 0) return true;
    try {
      await this.queue.addBulk(mails.map((mail) => ({ data: dataOf(mail), opts: optionsOf(mail) })));
      return true;
    } catch (error) {
      unscheduledMails.inc(mails.length);
      this.failed(error);
      return false;
    }
  }

  /** Jobs that wait, run or are to run later. @throws when Redis is away */
  async length(): Promise<{ waiting: number; active: number; delayed: number }> {
    const { waiting, active, delayed } = await this.queue.getJobCounts();
    return { waiting, active, delayed };
  }

  /** Jobs that wait to be worked on; undefined while the jobs' Redis does not say. */
  async waiting(): Promise<number | undefined> {
    try {
      return await this.queue.getWaitingCount();
    } catch (error) {
      this.failed(error);
      return undefined;
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ending.abort();
    const closing = this.queue.close().catch((error: unknown) => this.failed(error));
    await Promise.race([closing, new Promise((resolve) => setTimeout(resolve, closeLimitMs).unref())]);
    await this.sender.whenIdle();
  }

  onApplicationShutdown(): void {
    this.redis.close();
  }

  /** Bull leaves commands uncaught that it gives to a connection before it is there. */
  private async working(): Promise<void> {
    const { signal } = this.ending;
    await this.redis.ready(signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    if (!signal.aborted) await this.queue.process(this.config.MAIL_CONCURRENCY, (job) => this.work(job));
  }

  private async work({ data: { id, traceparent } }: Job<JobData>): Promise<void> {
    const facts = () => ({ name: 'send mail', kind: SpanKind.CONSUMER, attributes: { 'mail.id': id } });
    await this.backlog.yieldUntilEmpty(yieldMs);
    const again = await inSpan(continueTrace(traceparent), facts, () => this.sender.sendMail(id));
    if (again) await this.schedule([{ ...again, traceparent }]);
  }

  /** A Redis that is away fails many commands a second: one line in ten seconds says so. */
  private failed(error: unknown): void {
    if (performance.now() - this.loggedAt < 10_000) return;
    this.loggedAt = performance.now();
    this.logger.warn({ err: error }, 'the mail jobs have a fault; mails go on by the sweeper');
  }
}

function dataOf({ id, traceparent }: MailJob): JobData {
  return traceparent === undefined ? { id } : { id, traceparent };
}

/** The id keeps one attempt from being scheduled twice; it is free again as soon as the job is done. */
function optionsOf({ id, attempts, inMs = 0 }: MailJob): JobOptions {
  return { jobId: `${id}.${attempts}`, removeOnComplete: true, removeOnFail: true, attempts: 1, delay: inMs };
}

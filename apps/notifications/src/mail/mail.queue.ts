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
type ScheduledMail = Omit<MailToRetry, 'inMs'> & { inMs?: number; traceparent?: string | undefined };

type MailInJob = Pick<ScheduledMail, 'id' | 'traceparent'>;

/** A job names several mails; one of a version before names one. */
type JobData = { mails: MailInJob[] } | MailInJob;

/** Mails of one job at most: a job costs eight commands to Redis, however many mails it has. */
const mailsOfJob = 10;

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

  /**
   * Schedules mails that are due now, several in a job, and each of those that are due later in one of its own. Those
   * that are scheduled already stay as they are. False: the sweeper will find them.
   */
  async schedule(mails: readonly ScheduledMail[]): Promise<boolean> {
    if (mails.length === 0) return true;
    const [now, later] = [mails.filter(isDue), mails.filter((mail) => !isDue(mail))];
    const groups = Array.from({ length: Math.ceil(now.length / mailsOfJob) }, (_, at) =>
      now.slice(at * mailsOfJob, (at + 1) * mailsOfJob),
    );
    try {
      await this.queue.addBulk([...groups, ...later.map((mail) => [mail])].map(jobOf));
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

  /** Mails that wait to be worked on, at most; undefined while the jobs' Redis does not say. */
  async waiting(): Promise<number | undefined> {
    try {
      return (await this.queue.getWaitingCount()) * mailsOfJob;
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

  private async work({ data }: Job<JobData>): Promise<void> {
    await this.backlog.yieldUntilEmpty(yieldMs);
    const mails = 'mails' in data ? data.mails : [data];
    await Promise.all(mails.map((mail) => this.send(mail)));
  }

  private async send({ id, traceparent }: MailInJob): Promise<void> {
    const facts = () => ({ name: 'send mail', kind: SpanKind.CONSUMER, attributes: { 'mail.id': id } });
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

const isDue = ({ inMs = 0 }: ScheduledMail): boolean => inMs <= 0;

/** The job of some mails, of which only a single one may be due later. */
function jobOf(mails: readonly ScheduledMail[]): { data: JobData; opts: JobOptions } {
  const data = mails.map(({ id, traceparent }) => (traceparent === undefined ? { id } : { id, traceparent }));
  // The id keeps one attempt from being scheduled twice; it is free again as soon as the job is done.
  const jobId = mails.map(({ id, attempts }) => `${id}.${attempts}`).join(' ');
  const delay = mails[0]?.inMs ?? 0;
  return {
    data: { mails: data },
    opts: { jobId, removeOnComplete: true, removeOnFail: true, attempts: 1, delay },
  };
}

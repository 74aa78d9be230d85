import { BullModule } from '@nestjs/bull';
import type { DynamicModule } from '@nestjs/common';
import type { NotificationsConfig } from '../notifications.config.ts';
import { JobsRedis } from './jobs-redis.ts';
import { mailQueue } from './mail.queue.ts';

/**
 * The mail queue over the jobs' Redis. Locks are short: a job of a process that died is free again after 10 s,
 * and running it a second time is harmless, as the ledger decides.
 */
export function mailQueueModule(config: NotificationsConfig, redis: JobsRedis): DynamicModule {
  return BullModule.registerQueue({
    name: mailQueue,
    prefix: config.JOBS_PREFIX,
    createClient: (use) => redis.connect(use),
    settings: {
      lockDuration: 10_000,
      stalledInterval: 5_000,
      maxStalledCount: 1_000,
      guardInterval: 1_000,
      retryProcessDelay: 500,
    },
  });
}

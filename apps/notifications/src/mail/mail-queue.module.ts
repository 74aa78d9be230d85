import { BullModule } from '@nestjs/bull';
import { CONFIG } from '@registrar/service';
import type { NotificationsConfig } from '../notifications.config.ts';
import { JobsRedis } from './jobs-redis.ts';
import { JobsRedisModule } from './jobs-redis.module.ts';
import { mailQueue } from './mail.queue.ts';

/**
 * The mail queue over the jobs' Redis. Locks are short: a job of a process that died is free again after 10 s,
 * and running it a second time is harmless, as the ledger decides.
 */
export const mailQueueModule = BullModule.registerQueueAsync({
  name: mailQueue,
  imports: [JobsRedisModule],
  inject: [CONFIG, JobsRedis],
  useFactory: (config: NotificationsConfig, redis: JobsRedis) => ({
    prefix: config.JOBS_PREFIX,
    createClient: (use) => redis.connect(use),
    settings: {
      lockDuration: 10_000,
      stalledInterval: 5_000,
      maxStalledCount: 1_000,
      guardInterval: 1_000,
      retryProcessDelay: 500,
    },
  }),
});

import { Module } from '@nestjs/common';
import { CONFIG } from '@registrar/service';
import type { NotificationsConfig } from '../notifications.config.ts';
import { JobsRedis } from './jobs-redis.ts';

/** The connections to the jobs' Redis, one set for the application. */
@Module({
  providers: [
    {
      provide: JobsRedis,
      inject: [CONFIG],
      useFactory: (config: NotificationsConfig) => new JobsRedis(config.JOBS_REDIS_URL),
    },
  ],
  exports: [JobsRedis],
})
export class JobsRedisModule {}

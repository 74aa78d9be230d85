import { Module } from '@nestjs/common';
import { ClientOrigin } from './client-origin.ts';
import { Cors } from './cors.ts';
import { LoadShedder } from './load-shedder.ts';
import { RateLimits } from './rate-limits.ts';
import { SharedBuckets } from './shared-buckets.ts';

/** Whose requests are let in, and how many. */
@Module({
  providers: [ClientOrigin, Cors, LoadShedder, RateLimits, SharedBuckets],
  exports: [ClientOrigin, Cors, LoadShedder, RateLimits],
})
export class AdmissionModule {}

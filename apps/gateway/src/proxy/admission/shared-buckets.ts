import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { PeriodicTask } from '@registrar/async';
import { Caches, keys } from '@registrar/cache';
import { RateLimits } from './rate-limits.ts';
import type { RateLimiter } from './rate-limits.ts';

const everyMs = 100;
/** Callers in one call, so that Redis is not blocked for long. */
const perCall = 200;
const timeLimitMs = 200;

const cacheKeys = keys('gateway', { bucket: 'rate:{limit}:{caller}' });

/**
 * Refills each bucket by Redis's clock (one that was set back costs no more than that time), then takes what an
 * instance gave away. A bucket goes below zero by at most a burst: what instances gave away at once is owed, but not
 * for ever.
 */
const script = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local perSecond, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local left = {}
for i, key in ipairs(KEYS) do
  local bucket = redis.call('HMGET', key, 't', 'a')
  local tokens = tonumber(bucket[1]) or burst
  local at = tonumber(bucket[2]) or now
  tokens = math.min(burst, tokens + math.max(0, now - at) * perSecond / 1000) - tonumber(ARGV[2 + i])
  if tokens < -burst then tokens = -burst end
  redis.call('HSET', key, 't', tostring(tokens), 'a', tostring(now))
  redis.call('PEXPIRE', key, math.ceil(2000 * burst / perSecond) + 1000)
  left[i] = tostring(tokens)
end
return left
`;

/**
 * Shares the token buckets between instances over Redis: ten times a second each instance reports what it gave
 * away and gets what is left.
 *
 * Failure: none for requests. With Redis away each instance continues with its own counts.
 */
@Injectable()
export class SharedBuckets implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(SharedBuckets.name);
  private readonly exchanging = new PeriodicTask(
    () => Promise.all(this.limits.all.map((limiter) => this.exchangeBuckets(limiter))),
    {
      everyMs,
      onError: (error) => this.logger.warn({ err: error }, 'rate limits are not shared at the moment'),
    },
  );

  constructor(
    private readonly limits: RateLimits,
    private readonly caches: Caches,
  ) {}

  onApplicationBootstrap(): void {
    this.exchanging.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.exchanging.stop();
  }

  private async exchangeBuckets(limiter: RateLimiter): Promise<void> {
    for (
      let shares = limiter.drainUnshared(perCall);
      shares.length > 0;
      shares = limiter.drainUnshared(perCall)
    ) {
      const { name: limit, perSecond, burst } = limiter.limit;
      const redisKeys = shares.map(({ key: caller }) => cacheKeys.bucket({ limit, caller }));
      const taken = shares.map((share) => share.taken);
      const left = await this.caches.link.runCommand(
        'rate-limit',
        (client) =>
          client.eval(script, redisKeys.length, ...redisKeys, perSecond, burst, ...taken) as Promise<
            string[]
          >,
        timeLimitMs,
      );
      if (!left) return;
      for (const [at, { key }] of shares.entries()) limiter.applyShared(key, Number(left[at]));
      if (shares.length < perCall) return;
    }
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, steadyNow } from '@registrar/service';
import { LRUCache } from 'lru-cache';
import type { GatewayConfig } from '../../config/gateway-config.ts';
import { fullBucket, refill, secondsToToken, takeToken } from './token-bucket.rules.ts';
import type { Bucket, RateLimit } from './token-bucket.rules.ts';

/** Callers remembered; one that was not seen for longer than its bucket takes to fill is the same as a new one. */
const maxBuckets = 50_000;

/** The decision of a rate limit. */
export interface Ruling {
  allowed: boolean;
  /** Values of the `RateLimit-Policy` and `RateLimit` headers; empty where there is no limit. */
  policy: string;
  state: string;
  retryAfterSeconds: number;
}

const unlimited: Ruling = { allowed: true, policy: '', state: '', retryAfterSeconds: 0 };

/**
 * The token buckets of one kind of caller.
 *
 * Guarantee: a bucket fills by the monotonic clock, so a wall clock that steps neither freezes nor fills one. No
 * request waits: `SharedBuckets` exchanges counts with the other instances in the background. Without it each
 * instance counts alone.
 */
export class RateLimiter {
  readonly policy: string;
  private readonly buckets = new LRUCache<string, Bucket>({ max: maxBuckets });
  private readonly changed = new Set<string>();

  constructor(
    readonly limit: RateLimit,
    private readonly now: () => number = steadyNow,
  ) {
    this.policy = `"${limit.name}";q=${limit.burst};w=${Math.max(1, Math.round(limit.burst / limit.perSecond))}`;
  }

  consume(key: string): Ruling {
    if (this.limit.perSecond === 0) return unlimited;
    const now = this.now();
    let bucket = this.buckets.get(key);
    if (!bucket) this.buckets.set(key, (bucket = fullBucket(this.limit, now)));
    const allowed = takeToken(bucket, this.limit, now);
    if (allowed) this.changed.add(key);
    const remaining = Math.max(0, Math.floor(bucket.tokens));
    const seconds = allowed ? 1 : secondsToToken(bucket, this.limit);
    return {
      allowed,
      policy: this.policy,
      state: `"${this.limit.name}";r=${remaining};t=${seconds}`,
      retryAfterSeconds: seconds,
    };
  }

  /** Tokens taken here since the last exchange, of at most `most` callers. */
  drainUnshared(most: number): { key: string; taken: number }[] {
    const shares: { key: string; taken: number }[] = [];
    for (const key of this.changed) {
      if (shares.length >= most) break;
      this.changed.delete(key);
      const bucket = this.buckets.get(key);
      if (!bucket || bucket.taken === 0) continue;
      shares.push({ key, taken: bucket.taken });
      bucket.taken = 0;
    }
    return shares;
  }

  /** Applies the tokens that all instances together leave to a caller. */
  applyShared(key: string, tokens: number): void {
    const bucket = this.buckets.get(key);
    if (!bucket) return;
    refill(bucket, this.limit, this.now());
    // What was taken while the exchange was under way is not in its result yet.
    bucket.tokens = Math.min(bucket.tokens, tokens - bucket.taken);
  }
}

/** The limits of all kinds of callers. */
@Injectable()
export class RateLimits {
  /** Signed-in callers, by user. */
  readonly user: RateLimiter;
  /** API clients, by client. */
  readonly client: RateLimiter;
  /** Anonymous callers, by address. */
  readonly address: RateLimiter;
  /** Health and public keys, by path and address: no other request of an address counts against it. */
  readonly operations: RateLimiter;
  /** Signing in, registering and asking for a reset, by address. */
  readonly signIn: RateLimiter;

  constructor(@Inject(CONFIG) config: GatewayConfig) {
    this.user = limiter('user', config.RATE_LIMIT_USER_PER_SECOND, 5);
    this.client = limiter('client', config.RATE_LIMIT_CLIENT_PER_SECOND, 5);
    this.address = limiter('address', config.RATE_LIMIT_ADDRESS_PER_SECOND, 2);
    this.operations = limiter('operations', config.RATE_LIMIT_ADDRESS_PER_SECOND, 2);
    this.signIn = limiter('sign-in', config.RATE_LIMIT_SIGN_IN_PER_SECOND, 2);
  }

  get all(): RateLimiter[] {
    const limiters = [this.user, this.client, this.address, this.operations, this.signIn];
    return limiters.filter(({ limit }) => limit.perSecond > 0);
  }
}

function limiter(name: string, perSecond: number, burstFactor: number): RateLimiter {
  return new RateLimiter({ name, perSecond, burst: perSecond * burstFactor });
}

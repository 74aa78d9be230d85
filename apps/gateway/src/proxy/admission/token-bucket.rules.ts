/** How many requests a kind of caller may make. */
export interface RateLimit {
  /** As the `RateLimit-Policy` header names it. */
  name: string;
  perSecond: number;
  /** Requests that may come at once. */
  burst: number;
}

/** A caller's bucket: a token a request, filled up at a steady rate. */
export interface Bucket {
  /** May be below zero, where other instances took more than this one knew. */
  tokens: number;
  /** When `tokens` was right, by a clock that never steps, ms. */
  at: number;
  /** Taken here since the last exchange with the other instances. */
  taken: number;
}

/** A full bucket. */
export function fullBucket(limit: RateLimit, now: number): Bucket {
  return { tokens: limit.burst, at: now, taken: 0 };
}

/** Takes a token, if there is one; whether it did. */
export function takeToken(bucket: Bucket, limit: RateLimit, now: number): boolean {
  refill(bucket, limit, now);
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  bucket.taken += 1;
  return true;
}

/** Brings `tokens` up to `now`. */
export function refill(bucket: Bucket, limit: RateLimit, now: number): void {
  if (now <= bucket.at) return;
  bucket.tokens = Math.min(limit.burst, bucket.tokens + ((now - bucket.at) * limit.perSecond) / 1_000);
  bucket.at = now;
}

/** Whole seconds until there is a token again, at least 1. */
export function secondsToToken(bucket: Bucket, limit: RateLimit): number {
  return Math.max(1, Math.ceil((1 - bucket.tokens) / limit.perSecond));
}

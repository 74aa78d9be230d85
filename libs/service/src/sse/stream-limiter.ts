import { Problem, overloaded } from '../problems/problem.ts';

/** How many streams may be open, and what is answered to one too many. */
interface StreamLimits {
  /** Default no limit. */
  perInstance?: number;
  perUser: number;
  /** For clients without a user; default no limit. */
  perAddress?: number;
  /** Detail of the 429. */
  tooManyDetail: string;
  /** `Retry-After` of the 503, s. */
  overloadedRetrySeconds: number;
}

/** The client of a stream. Without a user and an address only the instance's limit counts. */
export interface StreamClient {
  userId?: string | undefined;
  address?: string | undefined;
}

/**
 * Counts the streams that are open on this instance.
 *
 * Failure: `admit` throws Problem 429 `too_many_streams` over the limit of a user or an address, 503 `overloaded` over
 * that of the instance and after `close`.
 */
export class StreamLimiter {
  private readonly openByClient = new Map<string, number>();
  private open = 0;
  private isClosed = false;

  /** @param onCount gets the number of open streams whenever it changes */
  constructor(
    private readonly limits: StreamLimits,
    private readonly onCount?: (open: number) => void,
  ) {}

  /** Counts one more stream of a client; the returned function, called once or more often, takes it off again. */
  admit({ userId, address }: StreamClient): () => void {
    const { perInstance = Infinity, perUser, perAddress = Infinity, overloadedRetrySeconds } = this.limits;
    if (this.isClosed || this.open >= perInstance) throw overloaded(overloadedRetrySeconds);
    const client = userId ?? address;
    const limit = userId === undefined ? perAddress : perUser;
    if (client !== undefined && (this.openByClient.get(client) ?? 0) >= limit) throw this.tooManyStreams();
    this.count(client, 1);
    let isReleased = false;
    return () => {
      if (!isReleased) this.count(client, -1);
      isReleased = true;
    };
  }

  /** Admits no more streams, because the instance stops. */
  close(): void {
    this.isClosed = true;
  }

  /** The refusal of a client that has its share. */
  tooManyStreams(): Problem {
    return new Problem(429, 'too_many_streams', this.limits.tooManyDetail, {
      headers: { 'retry-after': '5' },
    });
  }

  private count(client: string | undefined, change: number): void {
    this.open += change;
    this.onCount?.(this.open);
    if (client === undefined) return;
    const open = (this.openByClient.get(client) ?? 0) + change;
    if (open > 0) this.openByClient.set(client, open);
    else this.openByClient.delete(client);
  }
}

import { Redis } from 'ioredis';
import type { RedisOptions } from 'ioredis';

/** What Bull uses a connection for. */
export type JobsConnection = 'client' | 'subscriber' | 'bclient';

/** Every wait for another try is at most this long, so that jobs go on soon after Redis is back. */
const reconnectCapMs = 1_000;

/**
 * Connections of the jobs' Redis as Bull needs them.
 *
 * The one that adds jobs fails at once while Redis is away: with ioredis's defaults `add()` would hang a request
 * for a minute. The two that wait for jobs keep waiting through any absence. None stops a start.
 */
export class JobsRedis {
  private readonly connections: Redis[] = [];

  constructor(private readonly url: string) {}

  /** For Bull's `createClient`. */
  connect(use: JobsConnection): Redis {
    const connection = new Redis(this.url, {
      connectTimeout: 1_000,
      enableReadyCheck: false,
      retryStrategy: (attempt) => Math.min(50 * attempt, reconnectCapMs),
      ...(use === 'client' ? failingAtOnce : { maxRetriesPerRequest: null }),
    });
    this.connections.push(connection);
    return connection;
  }

  /** Whether jobs can be added now. */
  get state(): 'up' | 'connecting' | 'down' {
    const [first] = this.connections;
    if (first?.status === 'ready') return 'up';
    return first?.status === 'reconnecting' ? 'down' : 'connecting';
  }

  /** Ends the connections; Bull leaves those that it was given to their owner. */
  close(): void {
    for (const connection of this.connections) connection.disconnect();
  }
}

const failingAtOnce: RedisOptions = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  commandTimeout: 2_000,
};

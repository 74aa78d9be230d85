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
    const connection = new JobsConnectionClient(this.url, {
      connectTimeout: 1_000,
      enableReadyCheck: false,
      disableClientInfo: true,
      retryStrategy: (attempt) => Math.min(50 * attempt, reconnectCapMs),
      ...(use === 'client' ? failingAtOnce : { maxRetriesPerRequest: null }),
    });
    // Bull hears these too, but stops listening when its queue closes; ioredis would print them then.
    connection.on('error', () => undefined);
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

/**
 * A connection whose `connect` never rejects. Bull reconnects its blocking connection when it closes and does
 * not always wait for it: without Redis that would be an unhandled rejection, the end of the process.
 */
class JobsConnectionClient extends Redis {
  override async connect(): Promise<void> {
    await super.connect().catch((error: unknown) => void this.silentEmit('error', error));
  }
}

const failingAtOnce: RedisOptions = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  commandTimeout: 2_000,
};

import { once } from 'node:events';
import { Redis } from 'ioredis';
import type { RedisOptions } from 'ioredis';

/** What Bull uses a connection for. */
type JobsConnection = 'client' | 'subscriber' | 'bclient';

/** Every wait for another try is at most this long, so that jobs go on soon after Redis is back. */
const reconnectCapMs = 1_000;

/**
 * Connections of the jobs' Redis as Bull needs them.
 *
 * The one that adds jobs fails at once while Redis is away: with ioredis's defaults `add()` would hang a request
 * for a minute. The two that wait for jobs keep waiting through any absence. None stops a start.
 */
export class JobsRedis {
  private readonly connections = new Map<JobsConnection, Redis>();

  constructor(private readonly url: string) {}

  /** For Bull's `createClient`: one connection for each use. */
  connect(use: JobsConnection): Redis {
    const known = this.connections.get(use);
    if (known) return known;
    const connection = new JobsConnectionClient(this.url, {
      connectTimeout: 1_000,
      enableReadyCheck: false,
      disableClientInfo: true,
      // ioredis leaves its own resubscription uncaught when it ends; Bull looks for delayed jobs every second anyway.
      autoResubscribe: false,
      retryStrategy: (attempt) => Math.min(50 * attempt, reconnectCapMs),
      ...(use === 'client' ? failingAtOnce : { maxRetriesPerRequest: null }),
    });
    // Bull listens to these too, but stops when its queue closes; ioredis would print them then.
    connection.on('error', () => undefined);
    this.connections.set(use, connection);
    return connection;
  }

  /** Resolves when all connections are there at once; rejects when `signal` aborts. */
  async ready(signal: AbortSignal): Promise<void> {
    for (const use of ['client', 'subscriber', 'bclient'] as const) {
      const connection = this.connect(use);
      if (connection.status !== 'ready') await once(connection, 'ready', { signal });
    }
  }

  /** Whether jobs can be added now. @throws Error where Redis is connected and does not answer */
  async check(): Promise<{ state: 'up' | 'connecting' | 'down' }> {
    const client = this.connections.get('client');
    if (client?.status !== 'ready')
      return { state: client?.status === 'reconnecting' ? 'down' : 'connecting' };
    await client.ping();
    return { state: 'up' };
  }

  /** Ends the connections; Bull leaves those that it was given to their owner. */
  close(): void {
    for (const connection of this.connections.values()) connection.disconnect();
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

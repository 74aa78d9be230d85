import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { CONFIG, StreamLimiter, reconnectAfterMs } from '@registrar/service';
import type { StreamSink } from '@registrar/service';
import { InboxReader } from '../inbox/inbox.reader.ts';
import type { LedgerCommit, LedgerListener } from '../ledger/ledger-commit.ts';
import type { NotificationsConfig } from '../notifications.config.ts';
import { openStreams } from './stream.metrics.ts';
import { NotificationStream } from './notification-stream.ts';
import { waitsMs } from './waits.rules.ts';

/** A stream that was admitted. */
interface AdmittedStream {
  userId: string;
  /** The last row that the client has; undefined to begin with the next row. */
  lastEventId: string | undefined;
  sink: StreamSink;
  /** Frees its place; called when it ends. */
  release: () => void;
}

/**
 * The event streams that are open on this instance.
 *
 * What wakes a stream: a commit of this instance, an event that another instance may be writing a row for, and
 * a look at each heartbeat. Each time the stream asks the ledger what is new, so a lost or doubled wake-up
 * loses and doubles nothing.
 * Failure: over its bounds `open` throws 429 `too_many_streams` (a user's) or 503 `overloaded` (the instance's).
 */
@Injectable()
export class StreamHub implements LedgerListener, BeforeApplicationShutdown {
  private readonly streams = new Map<string, Set<NotificationStream>>();
  private readonly limiter: StreamLimiter;

  constructor(
    private readonly reader: InboxReader,
    @Inject(CONFIG) private readonly config: NotificationsConfig,
  ) {
    const limits = {
      perInstance: config.STREAMS_PER_INSTANCE,
      perUser: config.STREAMS_PER_USER,
      tooManyDetail: 'You have too many streams open. Close one first.',
      overloadedRetrySeconds: 1,
    };
    this.limiter = new StreamLimiter(limits, (open) => openStreams.set(open));
  }

  /** Counts one more stream of a user; the returned function takes it off again. */
  admit(userId: string): () => void {
    return this.limiter.admit({ userId });
  }

  open({ userId, lastEventId, sink, release }: AdmittedStream): NotificationStream {
    const stream = new NotificationStream(userId, sink, this.reader, (ended) => {
      this.remove(ended);
      release();
    });
    const own = this.streams.get(userId) ?? new Set();
    this.streams.set(userId, own.add(stream));
    void stream.start(lastEventId, this.config.STREAM_HEARTBEAT_MS).catch(() => stream.end(2_000));
    return stream;
  }

  /** Whether anybody listens to this user's news here. */
  has(userId: string): boolean {
    return this.streams.has(userId);
  }

  committed({ rows }: LedgerCommit): Promise<void> {
    for (const userId of new Set(rows.map((row) => row.user_id ?? ''))) {
      for (const stream of this.streams.get(userId) ?? []) void stream.wake();
    }
    return Promise.resolve();
  }

  /** Looks for a row that some instance is writing, until this user's streams have it or 10 s are over. */
  async expect(userId: string, id: string): Promise<void> {
    for (const waitMs of waitsMs) {
      const streams = [...(this.streams.get(userId) ?? [])];
      await Promise.all(streams.map((stream) => stream.wake()));
      if (streams.every((stream) => stream.hasSent(id))) return;
      await delay(waitMs, undefined, { ref: false });
    }
  }

  /** Tells every client when to come back, and ends its stream: an open one would hold up the shutdown. */
  beforeApplicationShutdown(): void {
    this.limiter.close();
    const open = [...this.streams.values()].flatMap((own) => [...own]);
    for (const stream of open) stream.end(reconnectAfterMs());
  }

  private remove(stream: NotificationStream): void {
    const own = this.streams.get(stream.userId);
    own?.delete(stream);
    if (own?.size === 0) this.streams.delete(stream.userId);
  }
}

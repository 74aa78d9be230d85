import type { Notification } from '@registrar/contracts-notifications';
import type { StreamSink } from '@registrar/service';

/** What a stream asks. */
export interface StreamSource {
  placeOf(userId: string, id: string | undefined): Promise<string>;
  after(userId: string, moment: string): Promise<Notification[]>;
}

/** A client that lets so much pile up is cut off; it resumes by its last id. */
const maxPendingBytes = 262_144;
const remembered = 200;

/**
 * One client's stream of its user's new notifications, as server-sent events.
 *
 * Guarantee: every row after the place where it began, once, in the order of the inbox, while it is open; a
 * client that resumes by the id of the last one it got misses none.
 * Failure: when the store cannot be asked, or the client does not read, the stream ends; the client comes back.
 */
export class NotificationStream {
  private place: string | undefined;
  private readonly sent = new Set<string>();
  private looking: Promise<void> | undefined;
  private again = false;
  private heartbeat: NodeJS.Timeout | undefined;
  private ended = false;

  constructor(
    readonly userId: string,
    private readonly sink: StreamSink,
    private readonly source: StreamSource,
    private readonly onEnd: (stream: NotificationStream) => void,
  ) {}

  /** Begins after the row `lastEventId`, or with what comes from now on. */
  async start(lastEventId: string | undefined, heartbeatMs: number): Promise<void> {
    this.place = await this.source.placeOf(this.userId, lastEventId);
    if (this.ended) return;
    this.sink.write(': open\n\n');
    this.heartbeat = setInterval(() => this.beat(), heartbeatMs);
    await this.wake();
  }

  /** Whether the row was sent lately. */
  hasSent(id: string): boolean {
    return this.ended || this.sent.has(id);
  }

  /** Sends what is new. Never rejects; calls that come while one looks are one more look. */
  async wake(): Promise<void> {
    if (this.looking) {
      this.again = true;
      return this.looking;
    }
    this.looking = this.look();
    try {
      await this.looking;
    } finally {
      this.looking = undefined;
    }
  }

  /** Ends the stream; with `retryMs`, after telling the client when to come back. */
  end(retryMs?: number): void {
    if (this.ended) return;
    this.ended = true;
    clearInterval(this.heartbeat);
    if (retryMs !== undefined) this.sink.write(`retry: ${Math.round(retryMs)}\n\n`);
    this.sink.end();
    this.onEnd(this);
  }

  private beat(): void {
    this.write(': still here\n\n');
    void this.wake();
  }

  private async look(): Promise<void> {
    try {
      do {
        this.again = false;
        if (this.place === undefined || this.ended) return;
        const news = await this.source.after(this.userId, this.place);
        for (const notification of news) this.send(notification);
        if (news.length > 0) this.again = true;
      } while (this.again);
    } catch {
      // The client comes back and resumes; by then the store may answer.
      this.end(2_000);
    }
  }

  private send(notification: Notification): void {
    this.place = notification.createdAt;
    this.sent.add(notification.id);
    if (this.sent.size > remembered) this.sent.delete(this.sent.values().next().value ?? '');
    this.write(`event: notification\nid: ${notification.id}\ndata: ${JSON.stringify(notification)}\n\n`);
  }

  private write(text: string): void {
    if (this.ended) return;
    this.sink.write(text);
    if (this.sink.pendingBytes > maxPendingBytes) this.end();
  }
}

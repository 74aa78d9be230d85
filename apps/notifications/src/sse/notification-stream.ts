import type { Notification } from '@registrar/contracts-notifications';
import { PeriodicTask } from '@registrar/async';
import { SseWriter, eventBlock } from '@registrar/service';
import type { StreamSink } from '@registrar/service';

/** Where a stream reads rows. */
interface StreamSource {
  placeOf(userId: string, id: string | undefined): Promise<string>;
  after(userId: string, moment: string): Promise<Notification[]>;
}

/** A client that lets so much pile up is cut off; it resumes by its last id. */
const maxPendingBytes = 262_144;
const maxRememberedIds = 200;

/**
 * One client's stream of its user's new notifications, as server-sent events.
 *
 * Guarantee: every row after the place where it began, once, in the order of the inbox, while it is open; a
 * client that resumes by the id of the last one it got misses none.
 * Failure: when the store cannot be read, or the client does not read, the stream ends; the client comes back.
 */
export class NotificationStream {
  private place: string | undefined;
  private readonly sentIds = new Set<string>();
  private readonly writer: SseWriter;
  private reading: Promise<void> | undefined;
  private isDirty = false;
  private heartbeat: PeriodicTask | undefined;

  constructor(
    readonly userId: string,
    sink: StreamSink,
    private readonly source: StreamSource,
    private readonly onEnd: (stream: NotificationStream) => void,
  ) {
    this.writer = new SseWriter(sink, maxPendingBytes);
  }

  /** Begins after the row `lastEventId`, or with the next row. */
  async start(lastEventId: string | undefined, heartbeatMs: number): Promise<void> {
    this.place = await this.source.placeOf(this.userId, lastEventId);
    if (this.writer.isEnded) return;
    this.writer.writeComment('open');
    const beat = () => {
      if (!this.writer.writeHeartbeat()) return this.end();
      void this.wake();
    };
    const options = { everyMs: heartbeatMs, firstAfterMs: heartbeatMs, onError: () => this.end() };
    this.heartbeat = new PeriodicTask(beat, options);
    this.heartbeat.start();
    await this.wake();
  }

  /** Whether the row was sent lately. */
  hasSent(id: string): boolean {
    return this.writer.isEnded || this.sentIds.has(id);
  }

  /** Sends what is new. Never rejects; calls that come during a read cause one more read. */
  wake(): Promise<void> {
    if (this.place === undefined || this.writer.isEnded) return Promise.resolve();
    this.isDirty = true;
    return (this.reading ??= this.sendNews(this.place));
  }

  /** Ends the stream; with `retryMs`, after telling the client when to come back. */
  end(retryMs?: number): void {
    if (this.writer.isEnded) return;
    void this.heartbeat?.stop();
    this.writer.end(retryMs);
    this.onEnd(this);
  }

  private async sendNews(from: string): Promise<void> {
    let place = from;
    try {
      while (this.isDirty && !this.writer.isEnded) {
        this.isDirty = false;
        const news = await this.source.after(this.userId, place);
        for (const notification of news) this.writeNotification(notification);
        place = news.at(-1)?.createdAt ?? place;
        if (news.length > 0) this.isDirty = true;
      }
    } catch {
      // The client comes back and resumes; by then the store may answer.
      this.end(2_000);
    } finally {
      this.place = place;
      this.reading = undefined;
    }
  }

  private writeNotification(notification: Notification): void {
    const { id } = notification;
    this.sentIds.add(id);
    if (this.sentIds.size > maxRememberedIds) this.sentIds.delete(this.sentIds.values().next().value ?? '');
    const isTaken = this.writer.writeBlock(eventBlock('notification', id, JSON.stringify(notification)));
    if (!isTaken) this.end();
  }
}

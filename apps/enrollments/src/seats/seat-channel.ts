import type { StreamSink } from '@registrar/service';
import { SseWriter, steadyNow } from '@registrar/service';
import { seatBroadcasts, slowSeatStreams } from './seats.metrics.ts';

/** Events go out at most four times a second, to all streams of a channel alike. */
const pauseMs = 250;
/** A client that lets so much pile up is cut off; it comes back and begins with the newest state. */
const maxPendingBytes = 65_536;

/**
 * Streams that show the same courses: each event is made once and written to all.
 *
 * Guarantee: every stream gets the newest state of each course, at most four times a second; states between may be
 * left out, the last one never is.
 */
export class SeatChannel {
  private readonly writers = new Map<StreamSink, SseWriter>();
  private sentAt = 0;
  /** The newest event of each course that is not sent yet. */
  private readonly pending = new Map<string, string>();
  private timer: NodeJS.Timeout | undefined;

  get size(): number {
    return this.writers.size;
  }

  /** Adds a stream, which gets `event` at once. */
  addStream(sink: StreamSink, event: string): void {
    const writer = new SseWriter(sink, maxPendingBytes);
    this.writers.set(sink, writer);
    writer.writeBlock(event);
  }

  delete(sink: StreamSink): void {
    this.writers.delete(sink);
    if (this.writers.size > 0) return;
    clearTimeout(this.timer);
    this.pending.clear();
  }

  /**
   * Sends `event` to all, now or when the pause since the last one is over; a later one of the same course takes its
   * place.
   */
  broadcast(event: string, courseId = ''): void {
    const isWaiting = this.pending.size > 0;
    this.pending.set(courseId, event);
    if (isWaiting) return;
    const waitMs = Math.max(0, this.sentAt + pauseMs - steadyNow());
    if (waitMs === 0) this.flush();
    else this.timer = setTimeout(() => this.flush(), waitMs);
  }

  writeHeartbeat(): void {
    this.writeAll((writer) => writer.writeHeartbeat());
  }

  /** Tells every client when to come back, and ends all streams. */
  end(retryMs: () => number): void {
    clearTimeout(this.timer);
    for (const writer of [...this.writers.values()]) writer.end(retryMs());
  }

  private flush(): void {
    if (this.pending.size === 0) return;
    const events = [...this.pending.values()].join('');
    this.sentAt = steadyNow();
    seatBroadcasts.inc();
    this.writeAll((writer) => writer.writeBlock(events));
    this.pending.clear();
  }

  /** @param write false where the client does not read */
  private writeAll(write: (writer: SseWriter) => boolean): void {
    for (const [sink, writer] of [...this.writers]) {
      if (write(writer)) continue;
      slowSeatStreams.inc();
      writer.cut();
      this.delete(sink);
    }
  }
}

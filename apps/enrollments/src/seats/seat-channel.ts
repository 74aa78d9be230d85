import type { StreamSink } from '@registrar/service';
import { steadyNow } from '@registrar/service';
import { seatBroadcasts, slowSeatStreams } from './seats.metrics.ts';

/** At most four events a second, for all streams of a course alike. */
const pauseMs = 250;
/** A client that lets so much pile up is cut off; it comes back and begins with the newest state. */
const maxPendingBytes = 65_536;

/**
 * The streams of one course: each event is made once and written to all.
 *
 * Guarantee: every stream gets the newest state, at most four times a second; states between may be left out,
 * the last one never is.
 */
export class SeatChannel {
  private readonly sinks = new Set<StreamSink>();
  private sentAt = 0;
  private pending: string | undefined;
  private timer: NodeJS.Timeout | undefined;

  get size(): number {
    return this.sinks.size;
  }

  /** Adds a stream, which gets `event` at once. */
  add(sink: StreamSink, event: string): void {
    this.sinks.add(sink);
    sink.write(event);
  }

  delete(sink: StreamSink): void {
    this.sinks.delete(sink);
    if (this.sinks.size > 0) return;
    clearTimeout(this.timer);
    this.pending = undefined;
  }

  /** Sends `event` to all, now or when the pause since the last one is over; a later one takes its place. */
  send(event: string): void {
    const isWaiting = this.pending !== undefined;
    this.pending = event;
    if (isWaiting) return;
    const waitMs = Math.max(0, this.sentAt + pauseMs - steadyNow());
    if (waitMs === 0) this.flush();
    else this.timer = setTimeout(() => this.flush(), waitMs);
  }

  /** Writes a sign of life to all. */
  beat(): void {
    this.write(': still here\n\n');
  }

  /** Tells every client when to come back, and ends all streams. */
  end(retryMs: () => number): void {
    clearTimeout(this.timer);
    for (const sink of [...this.sinks]) {
      sink.write(`retry: ${Math.round(retryMs())}\n\n`);
      sink.end();
    }
  }

  private flush(): void {
    if (this.pending === undefined) return;
    this.sentAt = steadyNow();
    seatBroadcasts.inc();
    this.write(this.pending);
    this.pending = undefined;
  }

  private write(text: string): void {
    for (const sink of [...this.sinks]) {
      sink.write(text);
      if (sink.pendingBytes <= maxPendingBytes) continue;
      slowSeatStreams.inc();
      sink.cut();
      this.delete(sink);
    }
  }
}

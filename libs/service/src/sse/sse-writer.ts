import type { StreamSink } from './event-stream.ts';

/** The bytes of one server-sent event. `data` has no line breaks. */
export function eventBlock(event: string, id: string | number, data: string): string {
  return `event: ${event}\nid: ${id}\ndata: ${data}\n\n`;
}

/** When clients of a stopping instance come back, ms: spread out, so that thousands do not come in one moment. */
export function reconnectAfterMs(): number {
  return 1_000 + Math.random() * 2_000;
}

/**
 * Writes server-sent events to one client.
 *
 * Guarantee: nothing is written after the end.
 * Failure: a write returns false when the client has more than `maxPendingBytes` to take; the caller then ends or cuts
 * the stream, and the client comes back.
 */
export class SseWriter {
  private hasEnded = false;

  constructor(
    private readonly sink: StreamSink,
    private readonly maxPendingBytes: number,
  ) {}

  get isEnded(): boolean {
    return this.hasEnded;
  }

  /** Writes a block that is made already: an event for many clients is made once, by `eventBlock`. */
  writeBlock(block: string): boolean {
    if (this.hasEnded) return true;
    this.sink.write(block);
    return this.sink.pendingBytes <= this.maxPendingBytes;
  }

  writeComment(text: string): boolean {
    return this.writeBlock(`: ${text}\n\n`);
  }

  /** Shows clients and proxies that the stream is alive. */
  writeHeartbeat(): boolean {
    return this.writeComment('still here');
  }

  /** Ends the stream once what was written is sent; with `retryMs`, after telling the client when to come back. */
  end(retryMs?: number): void {
    if (this.hasEnded) return;
    if (retryMs !== undefined) this.writeBlock(`retry: ${Math.round(retryMs)}\n\n`);
    this.hasEnded = true;
    this.sink.end();
  }

  /** Ends the stream at once, for a client that does not read. */
  cut(): void {
    this.hasEnded = true;
    this.sink.cut();
  }
}

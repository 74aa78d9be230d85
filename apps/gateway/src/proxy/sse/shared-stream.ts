import type { UpstreamAnswer } from '../upstream/answer.ts';
import { isComment, isEvent } from './event-blocks.rules.ts';
import type { StreamListener } from './upstream-stream.ts';
import { UpstreamStream } from './upstream-stream.ts';

/** A client that lets so much pile up is cut off; it comes back and begins with the newest event. */
const maxPendingBytes = 65_536;
/** A stream that breaks is opened again so often, with such pauses, before its clients are disconnected. */
const maxAttempts = 8;
const attemptEveryMs = 250;

/** A subscriber of a shared stream. */
export interface StreamClient {
  /** The service sends events; called before the first `write`. */
  begin(headers: Record<string, string | string[]>): void;
  write(block: string): void;
  /** Bytes that the client has not taken yet. */
  readonly pendingBytes: number;
  /** The service will not stream. */
  refuse(answer: UpstreamAnswer): void;
  /** The service cannot be reached, and never could. */
  fail(error: Error): void;
  /** The service is gone for longer: the client shall come back. */
  end(): void;
  /** The client does not read. */
  cut(): void;
}

/**
 * One stream of a service, shared by all clients of the same path.
 *
 * Guarantee: each client gets the last event at once, then all that follow; a service that ends the stream is
 * opened again, at another address if there is one, for two seconds before its clients are disconnected.
 * No client gets an event twice in a row.
 */
export class SharedStream implements StreamListener {
  private readonly clients = new Set<StreamClient>();
  private upstream: UpstreamStream | undefined;
  private headers: Record<string, string | string[]> | undefined;
  private last: string | undefined;
  private attempts = 0;
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param limits time until the service has to begin its answer, and without a byte until it counts as gone
   * @param dispatch sends a request for the stream to an address that is well
   * @param over called when no client is left
   */
  constructor(
    private readonly limits: { beginMs: number; silenceMs: number },
    private readonly dispatch: (upstream: UpstreamStream) => void,
    private readonly over: () => void,
  ) {}

  /** Adds a client; the first one opens the stream. */
  addClient(client: StreamClient): void {
    this.clients.add(client);
    if (this.headers) this.welcome(client, this.headers);
    if (this.clients.size === 1 && !this.upstream && !this.timer) this.open();
  }

  /** Takes a client off; with the last one the stream ends. */
  removeClient(client: StreamClient): void {
    if (!this.clients.delete(client) || this.clients.size > 0) return;
    clearTimeout(this.timer);
    this.over();
    this.upstream?.close();
  }

  begun(headers: Record<string, string | string[]>): void {
    if (this.headers) return;
    this.headers = headers;
    for (const client of this.clients) this.welcome(client, headers);
  }

  block(block: string): void {
    this.attempts = 0;
    if (isEvent(block)) {
      if (block === this.last) return;
      this.last = block;
    } else if (!isComment(block)) return;
    for (const client of [...this.clients]) this.write(client, block);
  }

  refused(answer: UpstreamAnswer): void {
    this.upstream = undefined;
    if (this.headers) return this.again();
    this.dismiss((client) => client.refuse(answer));
  }

  ended(error: Error): void {
    this.upstream = undefined;
    if (this.clients.size === 0) return;
    if (this.headers) this.again();
    else this.dismiss((client) => client.fail(error));
  }

  private open(): void {
    this.timer = undefined;
    const upstream = new UpstreamStream(this, this.limits.beginMs, this.limits.silenceMs);
    this.upstream = upstream;
    this.dispatch(upstream);
  }

  private again(): void {
    this.attempts += 1;
    if (this.attempts > maxAttempts) return this.dismiss((client) => client.end());
    this.timer = setTimeout(() => this.open(), attemptEveryMs);
  }

  private dismiss(how: (client: StreamClient) => void): void {
    const clients = [...this.clients];
    this.clients.clear();
    this.over();
    for (const client of clients) how(client);
  }

  private welcome(client: StreamClient, headers: Record<string, string | string[]>): void {
    client.begin(headers);
    if (this.last !== undefined) client.write(this.last);
  }

  private write(client: StreamClient, block: string): void {
    client.write(block);
    if (client.pendingBytes <= maxPendingBytes) return;
    client.cut();
    this.removeClient(client);
  }
}

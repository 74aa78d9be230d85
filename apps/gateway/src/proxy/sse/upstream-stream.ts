import type { Dispatcher } from 'undici';
import type { UpstreamAnswer } from '../upstream/answer.ts';
import { UpstreamExchange } from '../upstream/upstream-exchange.ts';
import { EventBlocks } from './event-blocks.rules.ts';

/** A refusal is a problem document; whatever is longer is cut. */
const maxRefusalBytes = 65_536;
const silent = 'the stream is silent';

/** Notified of what happens to an upstream stream. */
export interface StreamListener {
  /** The service sends events. */
  begun(headers: Record<string, string | string[]>): void;
  /** A whole block, its empty line included. */
  block(text: string): void;
  /** The service answered with something else. */
  refused(answer: UpstreamAnswer): void;
  /** It is over, at whatever point: the connection failed, was silent for too long, or the service ended it. */
  ended(error: Error): void;
}

/**
 * One stream of events from a service, read to its end.
 *
 * Guarantee: exactly one of `refused` and `ended` is called, and nothing after it.
 */
export class UpstreamStream extends UpstreamExchange implements Dispatcher.DispatchHandler {
  private readonly blocks = new EventBlocks();
  private readonly refusal: Buffer[] = [];
  private status = 0;
  private headers: Record<string, string | string[]> = {};

  /**
   * @param beginMs time until its answer has to begin
   * @param silenceMs time without a byte after which the service counts as gone
   */
  constructor(
    private readonly listener: StreamListener,
    beginMs: number,
    private readonly silenceMs: number,
  ) {
    super(beginMs, silent);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: object): void {
    this.limit(this.silenceMs, silent);
    this.status = status;
    this.headers = headers as Record<string, string | string[]>;
    if (status === 200) this.listener.begun(this.headers);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.renewLimit();
    if (this.status !== 200) return this.keep(chunk);
    try {
      for (const block of this.blocks.append(chunk.toString())) if (!this.isOver) this.listener.block(block);
    } catch (error) {
      this.close(error instanceof Error ? error : new Error('The stream cannot be read.'));
    }
  }

  onResponseEnd(): void {
    if (!this.finish()) return;
    const { status, headers } = this;
    if (status === 200) this.listener.ended(new Error('the service ended the stream'));
    else this.listener.refused({ status, headers, body: Buffer.concat(this.refusal) });
  }

  /** Hangs up. */
  close(reason = new Error('no client is left')): void {
    this.fail(reason);
  }

  protected failed(error: Error): void {
    this.listener.ended(error);
  }

  private keep(chunk: Buffer): void {
    const held = this.refusal.reduce((sum, { length }) => sum + length, 0);
    if (held + chunk.length <= maxRefusalBytes) this.refusal.push(chunk);
  }
}

import type { Dispatcher } from 'undici';
import type { UpstreamAnswer } from '../upstream/answer.ts';
import { UpstreamTimeout } from '../upstream/upstream-faults.ts';
import { EventBlocks } from './event-blocks.rules.ts';

/** A refusal is a problem document; whatever is longer is cut. */
const maxRefusalBytes = 65_536;

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
export class UpstreamStream implements Dispatcher.DispatchHandler {
  private timer: NodeJS.Timeout;
  private readonly blocks = new EventBlocks();
  private readonly refusal: Buffer[] = [];
  private controller: Dispatcher.DispatchController | undefined;
  private status = 0;
  private headers: Record<string, string | string[]> = {};
  private isOver = false;

  /**
   * @param beginMs time until its answer has to begin
   * @param silenceMs time without a byte after which the service counts as gone
   */
  constructor(
    private readonly listener: StreamListener,
    beginMs: number,
    private readonly silenceMs: number,
  ) {
    this.timer = this.closeAfter(beginMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.isOver) controller.abort(new Error('no client is left'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: object): void {
    clearTimeout(this.timer);
    this.timer = this.closeAfter(this.silenceMs);
    this.status = status;
    this.headers = headers as Record<string, string | string[]>;
    if (status === 200) this.listener.begun(this.headers);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.timer.refresh();
    if (this.status !== 200) return this.keep(chunk);
    try {
      for (const block of this.blocks.append(chunk.toString())) if (!this.isOver) this.listener.block(block);
    } catch (error) {
      this.close(error instanceof Error ? error : new Error('The stream cannot be read.'));
    }
  }

  onResponseEnd(): void {
    if (this.status === 200) return this.over(new Error('the service ended the stream'));
    if (!this.finish()) return;
    const { status, headers } = this;
    this.listener.refused({ status, headers, body: Buffer.concat(this.refusal) });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.over(error);
  }

  /** Hangs up. */
  close(reason = new Error('no client is left')): void {
    this.over(reason);
    this.controller?.abort(reason);
  }

  private closeAfter(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.close(new UpstreamTimeout('the stream is silent')), ms);
  }

  private keep(chunk: Buffer): void {
    const held = this.refusal.reduce((sum, { length }) => sum + length, 0);
    if (held + chunk.length <= maxRefusalBytes) this.refusal.push(chunk);
  }

  private over(error: Error): void {
    if (this.finish()) this.listener.ended(error);
  }

  private finish(): boolean {
    const first = !this.isOver;
    this.isOver = true;
    clearTimeout(this.timer);
    return first;
  }
}

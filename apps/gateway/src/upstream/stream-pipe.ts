import type { ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import { answerHeaders } from './header.rules.ts';
import { UpstreamTimeout } from './upstream-faults.ts';

/**
 * Passes a stream of events through as it comes.
 *
 * Guarantee: a client that reads slowly slows the service down (no more than a socket's buffer is held); when
 * either end closes, so does the other.
 */
export class StreamPipe implements Dispatcher.DispatchHandler {
  private readonly timer: NodeJS.Timeout;
  private controller: Dispatcher.DispatchController | undefined;
  private begun = false;

  /**
   * @param own headers that the gateway adds
   * @param failed called with what went wrong before the answer began
   */
  constructor(
    private readonly response: ServerResponse,
    private readonly own: Record<string, string>,
    private readonly failed: (error: Error) => void,
    timeLimitMs: number,
  ) {
    this.timer = setTimeout(() => this.give(new UpstreamTimeout('the stream did not begin')), timeLimitMs);
    response.on('close', () => this.controller?.abort(new Error('the client went away')));
    response.on('drain', () => this.controller?.resume());
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.response.destroyed || this.response.writableEnded)
      controller.abort(new Error('the client went away'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: object): void {
    clearTimeout(this.timer);
    if (this.response.headersSent) return;
    this.begun = true;
    this.response.writeHead(status, {
      ...answerHeaders(headers as Record<string, string | string[]>),
      ...this.own,
      'x-accel-buffering': 'no',
    });
    this.response.flushHeaders();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.response.write(chunk)) controller.pause();
  }

  onResponseEnd(): void {
    this.response.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    clearTimeout(this.timer);
    this.give(error);
  }

  /** Ends the stream from here. */
  end(): void {
    this.response.end();
    this.controller?.abort(new Error('the stream is over'));
  }

  private give(error: Error): void {
    if (this.response.destroyed || this.response.writableEnded) return;
    if (this.begun) this.response.destroy();
    else this.failed(error);
    this.controller?.abort(error);
  }
}

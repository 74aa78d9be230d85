import type { Dispatcher } from 'undici';
import type { UpstreamAnswer } from './answer.ts';
import { UpstreamTimeout } from './upstream-faults.ts';

/** Buffers one response of undici, within a time limit that also covers the wait for a connection. */
export class BufferedResponse implements Dispatcher.DispatchHandler {
  private readonly timer: NodeJS.Timeout;
  private readonly chunks: Buffer[] = [];
  private controller: Dispatcher.DispatchController | undefined;
  private status = 0;
  private headers: UpstreamAnswer['headers'] = {};
  private over = false;

  constructor(
    timeLimitMs: number,
    private readonly resolve: (answer: UpstreamAnswer) => void,
    private readonly reject: (error: Error) => void,
  ) {
    this.timer = setTimeout(
      () => this.fail(new UpstreamTimeout(`no answer in ${timeLimitMs} ms`)),
      timeLimitMs,
    );
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    // Its time was over before there was a connection for it.
    if (this.over) controller.abort(new UpstreamTimeout('too late to begin'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: object): void {
    this.status = status;
    this.headers = headers as UpstreamAnswer['headers'];
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.timer);
    const [only, ...more] = this.chunks;
    const body = only && more.length === 0 ? only : Buffer.concat(this.chunks);
    this.resolve({ status: this.status, headers: this.headers, body });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(error);
  }

  private fail(error: Error): void {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.timer);
    this.reject(error);
    this.controller?.abort(error);
  }
}

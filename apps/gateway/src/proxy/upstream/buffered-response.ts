import type { Dispatcher } from 'undici';
import type { UpstreamAnswer } from './answer.ts';
import { UpstreamExchange } from './upstream-exchange.ts';

/** Buffers one response of undici. */
export class BufferedResponse extends UpstreamExchange implements Dispatcher.DispatchHandler {
  private readonly chunks: Buffer[] = [];
  private status = 0;
  private headers: UpstreamAnswer['headers'] = {};

  constructor(
    timeLimitMs: number,
    private readonly resolve: (answer: UpstreamAnswer) => void,
    private readonly reject: (error: Error) => void,
  ) {
    super(timeLimitMs, `no answer in ${timeLimitMs} ms`);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: object): void {
    this.status = status;
    this.headers = headers as UpstreamAnswer['headers'];
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (!this.finish()) return;
    const [only, ...more] = this.chunks;
    const body = only && more.length === 0 ? only : Buffer.concat(this.chunks);
    this.resolve({ status: this.status, headers: this.headers, body });
  }

  protected failed(error: Error): void {
    this.reject(error);
  }
}

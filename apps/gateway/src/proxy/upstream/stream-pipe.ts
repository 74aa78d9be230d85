import type { ServerResponse } from 'node:http';
import { eventStreamType } from '@registrar/service';
import type { Dispatcher } from 'undici';
import { answerHeaders } from './header.rules.ts';
import { retryHint } from './retry-hint.rules.ts';
import { UpstreamExchange } from './upstream-exchange.ts';

const blockEnd = '\n\n';

/** How a stream is piped. */
interface StreamPipeOptions {
  /** Headers that the gateway adds. */
  readonly own: Record<string, string>;
  /** Time until the service has to begin its answer, ms. */
  readonly beginMs: number;
  /** Time without a byte after which the service counts as gone, ms; what the client does not take does not count. */
  readonly silenceMs: number;
  /** Called with what went wrong before the answer began. */
  readonly failed: (error: Error) => void;
}

/**
 * Pipes a stream of server-sent events to one client, with backpressure.
 *
 * Guarantee: a client that reads slowly slows the service down (no more than a socket's buffer is held); when
 * either end closes, so does the other. Failure: when the service breaks off, or is silent for too long, the stream
 * ends with a hint when to come back; an event that did not arrive whole gets nothing behind it, and clients drop it.
 */
export class StreamPipe extends UpstreamExchange implements Dispatcher.DispatchHandler {
  private begun = false;
  private isOfEvents = false;
  /** The last characters that were sent: whether an event is under way. */
  private tail = blockEnd;

  constructor(
    private readonly response: ServerResponse,
    private readonly options: StreamPipeOptions,
  ) {
    super(options.beginMs, 'the stream did not begin');
    response.on('error', () => response.destroy());
    response.on('close', () => this.fail(new Error('the client went away')));
    response.on('drain', () => {
      this.awaitData();
      this.resume();
    });
  }

  override onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.isClosed) this.finish();
    super.onRequestStart(controller);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: object): void {
    if (this.response.headersSent) return;
    this.awaitData();
    this.begun = true;
    const upstreamHeaders = headers as Record<string, string | string[]>;
    this.isOfEvents = status === 200 && String(upstreamHeaders['content-type']).startsWith(eventStreamType);
    this.response.writeHead(status, {
      ...answerHeaders(upstreamHeaders, this.response.getHeader('vary')),
      ...this.options.own,
      'x-accel-buffering': 'no',
    });
    this.response.flushHeaders();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.response.writableEnded) return;
    this.tail = (this.tail + chunk.toString('latin1', Math.max(0, chunk.length - 2))).slice(-2);
    if (this.response.write(chunk)) this.renewLimit();
    else {
      this.unlimit();
      controller.pause();
    }
  }

  onResponseEnd(): void {
    this.finish();
    this.response.end();
  }

  /** Ends the stream from here. */
  end(): void {
    this.fail(new Error('the stream is over'));
  }

  protected failed(error: Error): void {
    if (this.isClosed) return;
    if (!this.begun) this.options.failed(error);
    else if (this.isOfEvents) this.sendAway();
    // An answer that is no stream of events must not look whole.
    else this.response.destroy();
  }

  private get isClosed(): boolean {
    return this.response.destroyed || this.response.writableEnded;
  }

  private awaitData(): void {
    this.limit(this.options.silenceMs, 'the stream is silent');
  }

  private sendAway(): void {
    this.response.end(this.tail === blockEnd ? retryHint(Math.random()) : undefined);
  }
}

import type { IncomingMessage } from 'node:http';
import { jsonBodyLimitBytes } from '@registrar/contracts-http';
import { Problem } from '@registrar/service';
import { drain, tooLarge } from './request-body.rules.ts';

/** Limits of one body. */
interface BodyLimits {
  readonly sizeBytes: number;
  /** Time without a byte of it after which it is given up, ms. */
  readonly stallMs: number;
  /** Called when it grows beyond `largeFromBytes`, and with each MiB that is full. */
  readonly onLarge: () => void;
  readonly largeFromBytes: number;
}

/**
 * A request body on its way, read until it is whole.
 *
 * Failure: `whole` rejects with Problem 413 beyond the limit, 408 where nothing of it comes for too long, 400 where
 * it was cut, or the reason of `refuse`; what was read of it is let go then.
 */
export class ArrivingBody {
  readonly whole: Promise<Buffer>;
  private readonly chunks: Buffer[] = [];
  private size = 0;
  private readonly timer: NodeJS.Timeout;
  private resolve: (body: Buffer) => void = () => undefined;
  private reject: (reason: Error) => void = () => undefined;
  private readonly take = (chunk: Buffer) => this.add(chunk);

  constructor(
    private readonly request: IncomingMessage,
    private readonly limits: BodyLimits,
  ) {
    this.whole = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.timer = setTimeout(() => this.refuse(stalled(limits.stallMs)), limits.stallMs);
    request.on('data', this.take);
    request.on('end', () => this.finish());
    request.on('error', (error) =>
      this.refuse(new Problem(400, 'bad_request', 'The body is incomplete.', { cause: error })),
    );
  }

  /** Gives it up; what still comes of it is dropped. */
  refuse(reason: Error): void {
    clearTimeout(this.timer);
    this.request.off('data', this.take);
    this.chunks.length = 0;
    drain(this.request);
    this.reject(reason);
  }

  private add(chunk: Buffer): void {
    this.timer.refresh();
    const before = this.size;
    this.size += chunk.length;
    if (this.size > this.limits.sizeBytes) return this.refuse(tooLarge(this.limits.sizeBytes));
    this.chunks.push(chunk);
    const { largeFromBytes: large } = this.limits;
    if (before <= large && this.size > large) this.limits.onLarge();
    // A place is for so much of a body.
    for (let at = jsonBodyLimitBytes; at < this.size; at += jsonBodyLimitBytes)
      if (before <= at) this.limits.onLarge();
  }

  private finish(): void {
    clearTimeout(this.timer);
    const [only, ...more] = this.chunks;
    this.resolve(only && more.length === 0 ? only : Buffer.concat(this.chunks));
  }
}

/** The rest may come at any time, or never: the connection is of no more use. */
function stalled(stallMs: number): Problem {
  const detail = `No byte of the body arrived for ${stallMs / 1_000} s.`;
  return new Problem(408, 'request_timeout', detail, {
    params: { stallSeconds: stallMs / 1_000 },
    headers: { connection: 'close' },
  });
}

import { retryWithBackoff } from '@registrar/async';
import { Logger } from '@nestjs/common';
import type { Backlog, Outbox } from './outbox-store.ts';

const maxConcurrent = 16;
const backoff = { firstMs: 500, maxMs: 500 };

/**
 * Reads from the outbox table what of an aggregate is still unpublished; one read per aggregate at a time, and
 * at most 16 together.
 *
 * A store that is away is read again until it answers or the relay stops.
 */
export class BacklogReads {
  private readonly logger = new Logger(BacklogReads.name);
  /** Up to which sequence each aggregate is being read, or waits to be. */
  private readonly upTo = new Map<string, number>();
  private readonly queue: string[] = [];
  private running = 0;
  private isStopped = false;

  constructor(
    private readonly store: Outbox,
    private readonly onRead: (aggregate: string, upTo: number, found: Backlog) => void,
  ) {}

  /** Reads everything up to `upTo`, unless the aggregate is being read already. */
  start(aggregate: string, upTo: number): void {
    if (this.isStopped || this.upTo.has(aggregate)) return;
    this.upTo.set(aggregate, upTo);
    this.queue.push(aggregate);
    this.next();
  }

  /** Starts no more reads. */
  stop(): void {
    this.isStopped = true;
    this.queue.length = 0;
  }

  private next(): void {
    if (this.running >= maxConcurrent) return;
    const aggregate = this.queue.shift();
    if (aggregate === undefined) return;
    this.running += 1;
    void this.read(aggregate, this.upTo.get(aggregate) ?? 0).finally(() => {
      this.running -= 1;
      this.next();
    });
  }

  private async read(aggregate: string, upTo: number): Promise<void> {
    const found = await retryWithBackoff(() => this.store.upTo(aggregate, upTo), {
      backoff,
      isRetryable: () => !this.isStopped,
      onRetry: (error) => this.logger.warn({ err: error }, 'the outbox cannot be read'),
    }).catch(() => undefined);
    this.upTo.delete(aggregate);
    if (found && !this.isStopped) this.onRead(aggregate, upTo, found);
  }
}

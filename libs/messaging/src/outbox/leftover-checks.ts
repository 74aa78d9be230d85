import { Logger } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import type { Leftovers, Outbox } from './outbox-store.ts';

const atOnce = 16;
const retryMs = 250;

/**
 * Asks the outbox table what of an aggregate is still unpublished; one question per aggregate at a time, and
 * at most 16 together.
 *
 * A store that is away is asked again until it answers or the relay stops.
 */
export class LeftoverChecks {
  private readonly logger = new Logger(LeftoverChecks.name);
  private readonly asked = new Map<string, number>();
  private readonly queue: string[] = [];
  private running = 0;
  private stopped = false;

  constructor(
    private readonly store: Outbox,
    private readonly answered: (aggregate: string, upTo: number, found: Leftovers) => void,
  ) {}

  /** Asks for everything up to `upTo`, unless it is being asked already. */
  start(aggregate: string, upTo: number): void {
    if (this.stopped || this.asked.has(aggregate)) return;
    this.asked.set(aggregate, upTo);
    this.queue.push(aggregate);
    this.next();
  }

  /** No more questions. */
  stop(): void {
    this.stopped = true;
    this.queue.length = 0;
  }

  private next(): void {
    if (this.running >= atOnce) return;
    const aggregate = this.queue.shift();
    if (aggregate === undefined) return;
    this.running += 1;
    void this.ask(aggregate, this.asked.get(aggregate) ?? 0).finally(() => {
      this.running -= 1;
      this.next();
    });
  }

  private async ask(aggregate: string, upTo: number): Promise<void> {
    while (!this.stopped) {
      try {
        const found = await this.store.upTo(aggregate, upTo);
        this.asked.delete(aggregate);
        if (!this.stopped) this.answered(aggregate, upTo, found);
        return;
      } catch (error) {
        this.logger.warn({ err: error }, 'the outbox cannot be read');
        await delay(retryMs * (1 + Math.random()));
      }
    }
  }
}

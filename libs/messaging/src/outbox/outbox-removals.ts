import { Logger } from '@nestjs/common';
import type { Outbox } from './outbox-store.ts';
import { removalFailures } from './outbox.metrics.ts';

interface Key {
  aggregate: string;
  sequence: number;
}

const perCall = 100;

/**
 * Removes published entries from the table, many at a time and beside the publishing.
 *
 * What cannot be removed is counted and left: it will be published once more, which consumers recognise.
 */
export class OutboxRemovals {
  private readonly logger = new Logger(OutboxRemovals.name);
  private readonly keys = new Map<string, Key>();
  private running: Promise<void> | undefined;

  constructor(private readonly store: Outbox) {}

  /** Queues an entry for removal. */
  enqueueRemoval(key: Key): void {
    this.keys.set(`${key.aggregate}|${key.sequence}`, key);
    this.running ??= this.run().finally(() => {
      this.running = undefined;
      const [waiting] = this.keys.values();
      if (waiting) this.enqueueRemoval(waiting);
    });
  }

  /** Resolves when the queue is empty. */
  async finish(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    await Promise.resolve();
    while (this.keys.size > 0) {
      const taken = [...this.keys].slice(0, perCall);
      for (const [name] of taken) this.keys.delete(name);
      try {
        await this.store.remove(taken.map(([, key]) => key));
      } catch (error) {
        removalFailures.inc(taken.length);
        this.logger.warn({ err: error }, 'published entries stay in the outbox');
      }
    }
  }
}

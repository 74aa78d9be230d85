import { Logger } from '@nestjs/common';
import { PeriodicTask } from '@registrar/async';
import type { OutboxRelay } from './outbox-relay.ts';
import type { Outbox } from './outbox-store.ts';
import { oldestPendingSeconds, sweptAggregates } from './outbox.metrics.ts';

/** When the outbox is swept, and for what. */
interface SweeperOptions {
  /** Younger entries are left to the instance that committed them; 2,000 ms. */
  olderThanMs?: number;
  /** Pause between two sweeps, plus or minus a third; 2,000 ms. */
  everyMs?: number;
}

/**
 * Takes up what stayed unpublished: of an instance that died, a hand-over that was dropped, a Kafka that was
 * away. Runs on every instance; two that find the same entry publish it twice, which does no harm.
 */
export class OutboxSweeper {
  private readonly logger = new Logger(OutboxSweeper.name);
  private readonly task: PeriodicTask;

  constructor(
    private readonly store: Outbox,
    private readonly relay: OutboxRelay,
    private readonly options: SweeperOptions = {},
  ) {
    this.task = new PeriodicTask(() => this.sweep(), {
      everyMs: options.everyMs ?? 2_000,
      jitter: 1 / 3,
      onError: (error) => this.logger.warn({ err: error }, 'the outbox cannot be swept'),
    });
  }

  /** Starts to sweep, at a random moment of the first interval. */
  start(): void {
    this.task.start();
  }

  /** Resolves when the last sweep is over. */
  stop(): Promise<void> {
    return this.task.stop();
  }

  /** Sweeps once; returns how many aggregates had a backlog. */
  async sweep(now = Date.now()): Promise<number> {
    const pending = await this.store.pending(now - (this.options.olderThanMs ?? 2_000));
    oldestPendingSeconds.set(pending[0] ? (now - pending[0].createdAt) / 1_000 : 0);
    for (const { aggregate, sequence } of pending) this.relay.recover(aggregate, sequence);
    sweptAggregates.inc(pending.length);
    return pending.length;
  }
}

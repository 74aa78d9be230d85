import { Logger } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import type { OutboxRelay } from './outbox-relay.ts';
import type { Outbox } from './outbox-store.ts';
import { oldestPendingSeconds, sweptAggregates } from './outbox.metrics.ts';

/** When the sweeper looks, and for what. */
export interface SweeperOptions {
  /** Younger entries are left to the instance that committed them; 2,000 ms. */
  olderThanMs?: number;
  /** Time between two looks, give or take a third; 2,000 ms. */
  everyMs?: number;
}

/**
 * Takes up what stayed unpublished: of an instance that died, a hand-over that was dropped, a Kafka that was
 * away. Runs on every instance; two that find the same entry publish it twice, which does no harm.
 */
export class OutboxSweeper {
  private readonly logger = new Logger(OutboxSweeper.name);
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly store: Outbox,
    private readonly relay: OutboxRelay,
    private readonly options: SweeperOptions = {},
  ) {}

  /** Begins to look, at a random moment of the first interval. */
  start(): void {
    this.running ??= this.run();
  }

  /** Resolves when the last look is over. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Looks once; returns how many aggregates had something left. */
  async sweep(now = Date.now()): Promise<number> {
    const pending = await this.store.pending(now - (this.options.olderThanMs ?? 2_000));
    oldestPendingSeconds.set(pending[0] ? (now - pending[0].createdAt) / 1_000 : 0);
    for (const { aggregate, sequence } of pending) this.relay.recover(aggregate, sequence);
    sweptAggregates.inc(pending.length);
    return pending.length;
  }

  private async run(): Promise<void> {
    const everyMs = this.options.everyMs ?? 2_000;
    let waitMs = everyMs * Math.random();
    while (await this.pause(waitMs)) {
      try {
        await this.sweep();
      } catch (error) {
        this.logger.warn({ err: error }, 'the outbox cannot be swept');
      }
      waitMs = everyMs * (2 / 3 + (Math.random() * 2) / 3);
    }
  }

  private async pause(ms: number): Promise<boolean> {
    await delay(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    return !this.stopping.signal.aborted;
  }
}

import { Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { PeriodicTask } from '@registrar/async';
import type { PendingChangeRunner } from './pending-change-runner.ts';

/** Pause between two sweeps, ms; drawn from half to one and a half of it. */
const everyMs = 2_000;

/** Pending changes of one kind. */
type PendingChanges = Pick<PendingChangeRunner<unknown, never, unknown>, 'overdue' | 'resume'>;

/**
 * Completes changes that an instance left pending: it crashed, or enrollments did not answer.
 *
 * Runs on every instance; the lease on a pending change keeps two from completing the same one.
 */
export class PendingChangeSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(PendingChangeSweeper.name);
  private readonly sweeps = new PeriodicTask(() => this.sweep(), {
    everyMs,
    jitter: 0.5,
    onError: (error) => this.logger.warn({ err: error }, 'a sweep failed'),
  });

  constructor(private readonly kinds: readonly PendingChanges[]) {}

  onApplicationBootstrap(): void {
    this.sweeps.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.sweeps.stop();
  }

  /** Completes what is overdue; a failure is logged, and tried again at the next sweep. */
  async sweep(): Promise<void> {
    for (const changes of this.kinds) {
      try {
        for (const id of await changes.overdue()) await this.resume(changes, id);
      } catch (error) {
        this.logger.warn({ err: error }, 'overdue changes could not be read');
      }
    }
  }

  private async resume(changes: PendingChanges, id: string): Promise<void> {
    try {
      await changes.resume(id);
    } catch (error) {
      this.logger.warn({ err: error, id }, 'a pending change could not be completed');
    }
  }
}

import { Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { PeriodicTask } from '@registrar/async';
import { IntentRunner } from './intent-runner.ts';
import type { AgreedStore, Intent } from './intent.ts';

/** Pause between two sweeps, ms; drawn from half to one and a half of it. */
const everyMs = 2_000;

/** Changes of one kind, as the sweeper follows them. */
export interface FollowedChanges {
  now(): number;
  overdue(now: number): Promise<string[]>;
  resume(id: string): Promise<void>;
}

/** The changes that `store` keeps. */
export function changesOf<State, Change extends Intent<State>, Terms>(
  store: AgreedStore<State, Change, Terms>,
): FollowedChanges {
  const runner = new IntentRunner(store);
  return {
    now: () => store.now(),
    overdue: (now) => store.overdue(now),
    resume: (id) => runner.resume(id),
  };
}

/**
 * Goes on with changes that an instance began and did not end: it crashed, or enrollments did not answer.
 *
 * Runs on every instance; the lease on an intent keeps two from working at the same one.
 */
export class IntentSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(IntentSweeper.name);
  private readonly sweeps = new PeriodicTask(() => this.sweep(), {
    everyMs,
    jitter: 0.5,
    onError: (error) => this.logger.warn({ err: error }, 'a sweep failed', IntentSweeper.name),
  });

  constructor(private readonly followed: readonly FollowedChanges[]) {}

  onApplicationBootstrap(): void {
    this.sweeps.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.sweeps.stop();
  }

  /** Looks once and carries out what is overdue; a failure is logged and tried again at the next look. */
  async sweep(): Promise<void> {
    for (const { now, overdue, resume } of this.followed) {
      try {
        for (const id of await overdue(now())) await this.attempt(id, resume);
      } catch (error) {
        this.logger.warn({ err: error }, 'overdue changes could not be read', IntentSweeper.name);
      }
    }
  }

  private async attempt(id: string, resume: (id: string) => Promise<void>): Promise<void> {
    try {
      await resume(id);
    } catch (error) {
      this.logger.warn({ err: error, id }, 'a change is still not agreed', IntentSweeper.name);
    }
  }
}

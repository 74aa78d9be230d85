import { setTimeout as delay } from 'node:timers/promises';
import type { Recorder } from '@registrar/idempotency';
import { TransactionCancelled, isChangeRefused } from '@registrar/dynamodb';
import { Problem, serviceUnavailable, steadyNow } from '@registrar/service';
import type { PendingChangeStore, Stored, PendingChange } from './pending-change.ts';

/** Lease of a pending change, ms: longer than writing it down and asking enrollments may take. */
export const leaseMs = 8_000;
const pollMs = 40;
/** How long a change waits for another one that is on its way, ms. */
const maxWaitMs = 4_000;

/**
 * Completes pending changes: enrollments approves and they are committed, or it refuses and they are withdrawn.
 *
 * Guarantee: a change that stopped in between is completed by the next change of the same thing, a retry, or the sweeper
 * of any instance. One instance at a time works at a pending change, by its lease, so that a refusal and an approval
 * cannot overtake each other.
 * Failure: Problem 503 or 504 when enrollments does not answer; the change stays pending and is completed as soon as it
 * does.
 */
export class PendingChangeRunner<State, Change extends PendingChange<State>, Approval> {
  constructor(
    private readonly store: PendingChangeStore<State, Change, Approval>,
    private readonly now: () => number = () => store.now(),
  ) {}

  /**
   * Completes a pending change whose lease this instance has.
   *
   * @throws Problem 409 of enrollments, the pending change being withdrawn then
   */
  async complete(id: string, pending: Change, record?: Recorder): Promise<Approval> {
    let approval: Approval;
    try {
      approval = await this.store.requestApproval(pending);
      await this.store.commit(pending, approval, record);
    } catch (error) {
      if (isRefusal(error)) await this.store.withdraw(pending);
      else if (!isOvertaken(error)) await this.release(id, pending);
      throw error;
    }
    return approval;
  }

  /** The thing without a pending change: one that is there is completed first. */
  async readCompleted(id: string): Promise<Stored<State, Change> | undefined> {
    const deadline = steadyNow() + maxWaitMs;
    for (;;) {
      const stored = await this.store.read(id);
      if (!stored?.pending) return stored;
      if (steadyNow() > deadline) throw serviceUnavailable('Another change of this is not finished yet.');
      if (!(await this.completeAbandoned(id, stored.pending))) await delay(pollMs);
    }
  }

  /** Ids of things whose pending change no instance works at any more. */
  overdue(): Promise<string[]> {
    return this.store.overdue(this.now());
  }

  /** Completes a pending change that was left behind; a refusal ends it and is no failure. */
  async resume(id: string): Promise<void> {
    const stored = await this.store.read(id);
    if (stored?.pending) await this.completeAbandoned(id, stored.pending);
  }

  /** False where another instance has the lease. */
  private async completeAbandoned(id: string, pending: Change): Promise<boolean> {
    const now = this.now();
    if (pending.leasedUntil > now) return false;
    const leasedUntil = now + leaseMs;
    if (!(await this.store.lease(id, pending, leasedUntil))) return false;
    try {
      await this.complete(id, { ...pending, leasedUntil });
    } catch (error) {
      if (!isOvertaken(error) && !isRefusal(error)) throw error;
    }
    return true;
  }

  /** Gives up the lease, so that the next change need not wait for its end. */
  private async release(id: string, pending: Change): Promise<void> {
    // Where the store is away too, the lease ends by itself.
    await this.store.lease(id, pending, this.now()).catch(() => false);
  }
}

/** Another instance ended the pending change. */
function isOvertaken(error: unknown): boolean {
  return error instanceof TransactionCancelled && !error.isRefused;
}

/** A refusal of enrollments; what the store does not take was approved already, and is not withdrawn. */
function isRefusal(error: unknown): boolean {
  return error instanceof Problem && error.status === 409 && !isChangeRefused(error);
}

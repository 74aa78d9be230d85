import { setTimeout as delay } from 'node:timers/promises';
import type { Recorder } from '@registrar/idempotency';
import { TransactionCancelled, isChangeRefused } from '@registrar/dynamodb';
import { Problem, serviceUnavailable, steadyNow } from '@registrar/service';
import type { AgreedStore, Held, Intent } from './intent.ts';

/** How long an instance has an intent for itself, ms: longer than writing it down and telling enrollments may take. */
export const leaseMs = 8_000;
const lookAgainMs = 40;
/** How long a change waits for another one that is on its way, ms. */
const patienceMs = 4_000;

/**
 * Carries changes to their end: first enrollments agrees, then they are committed; or it refuses, and they are
 * withdrawn.
 *
 * Guarantee: whatever stops in between, somebody goes on from the intent: the next change of the thing, a retry,
 * or the sweeper of any instance. One at a time works at an intent, so that a refusal and an agreement cannot pass
 * each other. Failure: Problem 503 or 504 when enrollments does not answer; the intent stays and is carried out
 * as soon as it does.
 */
export class IntentRunner<State, Change extends Intent<State>, Terms> {
  constructor(
    private readonly store: AgreedStore<State, Change, Terms>,
    private readonly now: () => number = () => store.now(),
  ) {}

  /**
   * Carries out an intent whose lease this instance has.
   *
   * @throws Problem 409 of enrollments, the intent being withdrawn then
   */
  async carryOut(id: string, intent: Change, record?: Recorder): Promise<Terms> {
    let terms: Terms;
    try {
      terms = await this.store.agree(intent);
      await this.store.commit(intent, terms, record);
    } catch (error) {
      if (isRefusal(error)) await this.store.withdraw(intent);
      else if (!isOvertaken(error)) await this.release(id, intent);
      throw error;
    }
    return terms;
  }

  /** The thing without an intent: one that is there is helped to its end first. */
  async settled(id: string): Promise<Held<State, Change> | undefined> {
    const deadline = steadyNow() + patienceMs;
    for (;;) {
      const held = await this.store.read(id);
      if (!held?.intent) return held;
      if (steadyNow() > deadline) throw serviceUnavailable('Another change of this is not finished yet.');
      if (!(await this.help(id, held.intent))) await delay(lookAgainMs);
    }
  }

  /** Goes on with an intent that was left behind; a refusal ends it and is no failure. */
  async resume(id: string): Promise<void> {
    const held = await this.store.read(id);
    if (held?.intent) await this.help(id, held.intent);
  }

  /** False where somebody else is at it. */
  private async help(id: string, intent: Change): Promise<boolean> {
    const now = this.now();
    if (intent.leasedUntil > now) return false;
    const leasedUntil = now + leaseMs;
    if (!(await this.store.lease(id, intent, leasedUntil))) return false;
    try {
      await this.carryOut(id, { ...intent, leasedUntil });
    } catch (error) {
      if (!isOvertaken(error) && !isRefusal(error)) throw error;
    }
    return true;
  }

  /** Gives up the lease, so that whoever asks next need not wait for its end. */
  private async release(id: string, intent: Change): Promise<void> {
    // Where the store is away too, the lease ends by itself.
    await this.store.lease(id, intent, this.now()).catch(() => false);
  }
}

/** Another instance ended the intent. */
function isOvertaken(error: unknown): boolean {
  return error instanceof TransactionCancelled && !error.isRefused;
}

/** A refusal of enrollments; what the store does not take has been agreed to already, and is not withdrawn. */
function isRefusal(error: unknown): boolean {
  return error instanceof Problem && error.status === 409 && !isChangeRefused(error);
}

import { TransactionCancelled } from '@registrar/dynamodb';
import { Problem, serviceUnavailable } from '@registrar/service';
import type { PendingChangeStore, Stored, PendingChange } from '../pending-changes/pending-change.ts';

/** A thing with a size that the other side may refuse. */
export interface Thing {
  version: number;
  size: number;
}

/** Where a step stops: before it is done, or after it with its answer lost. */
export type Stop = 'before' | 'after' | undefined;

/**
 * One thing on its way to new states, in memory, each step of which can stop; the other side refuses sizes below
 * `floor`, and what it refused once for good.
 */
export class MemoryStore implements PendingChangeStore<Thing, PendingChange<Thing>, void> {
  stored: Stored<Thing, PendingChange<Thing>> = {
    state: { version: 1, size: 5 },
    pending: undefined,
    lastVersion: 1,
  };
  /** The last change that the other side accepted. */
  announced: Thing = { version: 1, size: 5 };
  floor = 0;
  readonly history: Thing[] = [{ version: 1, size: 5 }];
  /** All that was ever sent to the other side: any of it may arrive once more. */
  readonly sent: Thing[] = [];
  private refusedVersion = 0;

  now = () => Date.now();

  /** @param nextStop where the next step stops */
  constructor(private readonly nextStop: () => Stop) {}

  read(): Promise<Stored<Thing, PendingChange<Thing>>> {
    return Promise.resolve({ ...this.stored });
  }

  /** False where the thing has changed since, or has a pending change. */
  begin(pending: PendingChange<Thing>): Promise<boolean> {
    return this.step(() => {
      if (this.stored.pending || this.stored.lastVersion !== pending.state.version - 1) return false;
      this.stored.pending = pending;
      return true;
    });
  }

  lease(_id: string, { token, leasedUntil }: PendingChange<Thing>, until: number): Promise<boolean> {
    return this.step(() => {
      const { pending } = this.stored;
      if (pending?.token !== token || pending.leasedUntil !== leasedUntil) return false;
      this.stored.pending = { ...pending, leasedUntil: until };
      return true;
    });
  }

  requestApproval({ state }: PendingChange<Thing>): Promise<void> {
    this.sent.push(state);
    return this.step(() => this.arrives(state));
  }

  /** The other side gets what was sent, for the first time or once more. */
  arrives(state: Thing): void {
    if (this.announced.version >= state.version) return;
    if (state.version <= this.refusedVersion || state.size < this.floor) {
      this.refusedVersion = Math.max(this.refusedVersion, state.version);
      throw new Problem(409, 'too_small', 'It is too small.');
    }
    this.announced = state;
  }

  withdraw({ token, state }: PendingChange<Thing>): Promise<void> {
    return this.step(() => {
      if (this.stored.pending?.token !== token) return;
      this.stored = { ...this.stored, pending: undefined, lastVersion: state.version };
    });
  }

  commit({ token, state }: PendingChange<Thing>): Promise<void> {
    return this.step(() => {
      if (this.stored.pending?.token !== token) {
        throw new TransactionCancelled([{ code: 'ConditionalCheckFailed' }]);
      }
      this.stored = { state, pending: undefined, lastVersion: state.version };
      this.history.push(state);
    });
  }

  overdue(): Promise<string[]> {
    return Promise.resolve(this.stored.pending ? ['thing'] : []);
  }

  private async step<T>(work: () => T): Promise<T> {
    const stop = this.nextStop();
    await Promise.resolve();
    if (stop === 'before') throw serviceUnavailable('stopped before');
    const done = work();
    if (stop === 'after') throw serviceUnavailable('stopped after');
    return done;
  }
}

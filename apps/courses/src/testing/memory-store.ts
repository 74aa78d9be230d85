import { TransactionCancelled } from '@registrar/dynamodb';
import { Problem, serviceUnavailable } from '@registrar/service';
import type { AgreedStore, Held, Intent } from '../agreement/intent.ts';

/** A thing with a size that the other side may refuse. */
export interface Thing {
  version: number;
  size: number;
}

/** Where a step stops: before it is done, or after it with its answer lost. */
export type Stop = 'before' | 'after' | undefined;

/** One thing on its way to new states, in memory, each step of which can stop; the other side refuses sizes below `floor`. */
export class MemoryStore implements AgreedStore<Thing, Intent<Thing>, void> {
  held: Held<Thing, Intent<Thing>> = { state: { version: 1, size: 5 }, intent: undefined };
  /** What the other side was told last. */
  told: Thing = { version: 1, size: 5 };
  floor = 0;
  readonly history: Thing[] = [{ version: 1, size: 5 }];

  /** @param nextStop where the next step stops */
  constructor(private readonly nextStop: () => Stop) {}

  read(): Promise<Held<Thing, Intent<Thing>>> {
    return Promise.resolve({ ...this.held });
  }

  /** False where the thing has changed meanwhile, or is on its way. */
  begin(intent: Intent<Thing>): Promise<boolean> {
    return this.step(() => {
      if (this.held.intent || this.held.state?.version !== intent.state.version - 1) return false;
      this.held.intent = intent;
      return true;
    });
  }

  lease(_id: string, { token, leasedUntil }: Intent<Thing>, until: number): Promise<boolean> {
    return this.step(() => {
      const { intent } = this.held;
      if (intent?.token !== token || intent.leasedUntil !== leasedUntil) return false;
      this.held.intent = { ...intent, leasedUntil: until };
      return true;
    });
  }

  agree({ state }: Intent<Thing>): Promise<void> {
    return this.step(() => {
      if (this.told.version >= state.version) return;
      if (state.size < this.floor) throw new Problem(409, 'too_small', 'It is too small.');
      this.told = state;
    });
  }

  withdraw({ token }: Intent<Thing>): Promise<void> {
    return this.step(() => {
      if (this.held.intent?.token === token) this.held.intent = undefined;
    });
  }

  commit({ token, state }: Intent<Thing>): Promise<void> {
    return this.step(() => {
      if (this.held.intent?.token !== token) {
        throw new TransactionCancelled([{ code: 'ConditionalCheckFailed' }]);
      }
      this.held = { state, intent: undefined };
      this.history.push(state);
    });
  }

  overdue(): Promise<string[]> {
    return Promise.resolve(this.held.intent ? ['thing'] : []);
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

import type { Recorder } from '@registrar/idempotency';

/** A change that is decided and written down, and not yet agreed with the enrollments service. */
export interface Intent<State> {
  /** Names this intent among all there ever were of its thing. */
  token: string;
  /** The thing as it will be, with a version that no other change of it ever had. */
  state: State;
  /** Who changes it. */
  actorId: string;
  /** Until then only the instance that holds it works at it; the store's time, milliseconds since the epoch. */
  leasedUntil: number;
}

/** A thing as it is stored: its state (none before its creation is agreed) and a change on its way. */
export interface Held<State, Change extends Intent<State>> {
  state: State | undefined;
  intent: Change | undefined;
  /** The highest version that its state or a withdrawn change has had: the next change takes one beyond it. */
  lastVersion: number;
}

/** How the changes of one kind of thing are stored and agreed. */
export interface AgreedStore<State, Change extends Intent<State>, Terms> {
  /** The store's time: what leases are compared by. */
  now(): number;
  /** The thing, read consistently; undefined where there is none. */
  read(id: string): Promise<Held<State, Change> | undefined>;
  /** Takes over the lease of `intent`; false where somebody else did, or the intent is gone. */
  lease(id: string, intent: Change, until: number): Promise<boolean>;
  /**
   * Tells the enrollments service; may be repeated.
   *
   * @throws Problem 409 when it refuses; any other error leaves open whether it knows
   */
  agree(intent: Change): Promise<Terms>;
  /** Removes an intent that was refused; its version is never given out again. No error where it is gone. */
  withdraw(intent: Change): Promise<void>;
  /**
   * Makes the intent the state, with its event and the answer that `record` keeps, in one transaction.
   *
   * @throws TransactionCancelled where the intent is gone
   */
  commit(intent: Change, terms: Terms, record?: Recorder): Promise<void>;
  /** Ids of things whose intent's lease ended before `now`. */
  overdue(now: number): Promise<string[]>;
}

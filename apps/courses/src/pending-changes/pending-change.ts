import type { Recorder } from '@registrar/idempotency';

/** A change that is decided and written down, and not yet approved by the enrollments service. */
export interface PendingChange<State> {
  /** Names this pending change among all there ever were of its thing. */
  token: string;
  /** The thing as it will be, with a version that no other change of it ever had. */
  state: State;
  /** Who changes it. */
  actorId: string;
  /** Until then only the instance that holds it works at it; the store's time, milliseconds since the epoch. */
  leasedUntil: number;
}

/** A thing as it is stored: its state (none before its creation is approved) and a change on its way. */
export interface Stored<State, Change extends PendingChange<State>> {
  state: State | undefined;
  pending: Change | undefined;
  /** The highest version that its state or a withdrawn change has had: the next change takes one beyond it. */
  lastVersion: number;
}

/** How the changes of one kind of thing are stored and approved. */
export interface PendingChangeStore<State, Change extends PendingChange<State>, Approval> {
  /** The store's time: what leases are compared by. */
  now(): number;
  /** The thing, read consistently; undefined where there is none. */
  read(id: string): Promise<Stored<State, Change> | undefined>;
  /** Takes over the lease of `pending`; false where somebody else did, or the pending change is gone. */
  lease(id: string, pending: Change, until: number): Promise<boolean>;
  /**
   * Asks the enrollments service to take the change over; may be repeated.
   *
   * @throws Problem 409 when it refuses; any other error leaves open whether it took the change over
   */
  requestApproval(pending: Change): Promise<Approval>;
  /** Removes a pending change that was refused; its version is never given out again. No error where it is gone. */
  withdraw(pending: Change): Promise<void>;
  /**
   * Makes the pending change the state, with its event and the answer that `record` keeps, in one transaction.
   *
   * @throws TransactionCancelled where the pending change is gone
   */
  commit(pending: Change, approval: Approval, record?: Recorder): Promise<void>;
  /** Ids of things whose pending change's lease ended before `now`. */
  overdue(now: number): Promise<string[]>;
}

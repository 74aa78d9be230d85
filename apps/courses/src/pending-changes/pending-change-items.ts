import { TransactionCancelled, conditionHeld, shardOf } from '@registrar/dynamodb';
import type { Dynamo, TransactAction } from '@registrar/dynamodb';
import { overdueIn } from './overdue-changes.ts';
import type { PendingChange, Stored } from './pending-change.ts';

/** What an item holds beside its state. */
export interface PendingAttributes<Intent> {
  version?: number;
  /** The pending change. */
  intent?: Intent;
  /** Highest version of the withdrawn changes since the last commit. */
  last_version?: number;
  pending_shard?: string;
  /** When the lease of the pending change ends, milliseconds since the epoch. */
  pending_at?: number;
}

/** An item as what it holds. @param changeOf the pending change of its attribute */
export function storedFrom<State, Intent, Change extends PendingChange<State>>(
  {
    intent,
    version = 0,
    last_version: withdrawn = 0,
    pending_at: leasedUntil = 0,
  }: PendingAttributes<Intent>,
  state: State | undefined,
  changeOf: (intent: Intent, leasedUntil: number) => Change,
): Stored<State, Change> {
  const pending = intent && changeOf(intent, leasedUntil);
  return { state, pending, lastVersion: Math.max(version, withdrawn) };
}

/** How one kind of thing is stored. */
interface Kind<State, Change extends PendingChange<State>, Item> {
  /** Name in `tables.json`. */
  table: string;
  /** The index of its pending changes. */
  index: string;
  keyOf: (id: string) => Record<string, string>;
  storedOf: (item: Item) => Stored<State, Change>;
  /** The pending change as an attribute. */
  intentOf: (pending: Change) => object;
}

/**
 * Pending changes on the items of the things that they change, beside the present state.
 *
 * Guarantee: a thing has one pending change at a time, each with a version that no other ever has.
 */
export class PendingChangeItems<
  State extends { id: string; version: number },
  Change extends PendingChange<State>,
  Item,
> {
  protected readonly table: string;

  constructor(
    protected readonly dynamo: Dynamo,
    private readonly kind: Kind<State, Change, Item>,
  ) {
    this.table = dynamo.tables.name(kind.table);
  }

  now(): number {
    return this.dynamo.now();
  }

  async read(id: string): Promise<Stored<State, Change> | undefined> {
    const item = await this.dynamo.get<Item>(this.kind.table, this.kind.keyOf(id));
    return item && this.kind.storedOf(item);
  }

  lease(id: string, { token, leasedUntil }: Change, until: number): Promise<boolean> {
    const held = holding(token);
    const update = this.dynamo.update({
      ...this.holder(id),
      ...held,
      UpdateExpression: 'SET pending_at = :until',
      ConditionExpression: `${held.ConditionExpression} AND pending_at = :from`,
      ExpressionAttributeValues: { ...held.ExpressionAttributeValues, ':until': until, ':from': leasedUntil },
    });
    return conditionHeld(update);
  }

  overdue(now: number): Promise<string[]> {
    return overdueIn(this.dynamo, { table: this.table, index: this.kind.index }, now);
  }

  /** Writes a pending change down. @param before the version it was decided on; undefined where there is no state yet */
  protected beginning(pending: Change, before: number | undefined): TransactAction {
    const { id, version } = pending.state;
    const condition = asDecidedOn(before, version);
    return {
      Update: {
        ...this.holder(id),
        ...condition,
        UpdateExpression: 'SET #intent = :intent, pending_shard = :shard, pending_at = :at',
        ExpressionAttributeValues: {
          ...condition.ExpressionAttributeValues,
          ':intent': this.kind.intentOf(pending),
          ':shard': shardOf(id),
          ':at': pending.leasedUntil,
        },
      },
    };
  }

  /**
   * Takes a pending change that was refused off its item. Its version stays there as the last one that was given out,
   * also where the item has no state: enrollments may receive the refused change once more at any later time, and must
   * never take another change for it.
   *
   * @param more actions of the same transaction
   */
  protected async withdrawWith({ token, state }: Change, more: TransactAction[] = []): Promise<void> {
    const held = holding(token);
    const Update = {
      ...this.holder(state.id),
      ...held,
      UpdateExpression: 'SET last_version = :version REMOVE #intent, pending_shard, pending_at',
      ExpressionAttributeValues: { ...held.ExpressionAttributeValues, ':version': state.version },
    };
    try {
      await this.dynamo.transact([{ Update }, ...more]);
    } catch (error) {
      if (!(error instanceof TransactionCancelled)) throw error;
    }
  }

  private holder(id: string) {
    return { TableName: this.table, Key: this.kind.keyOf(id) };
  }
}

/** The condition of a write: the item still holds the pending change of this token. */
export function holding(token: string) {
  return {
    ConditionExpression: '#intent.#token = :token',
    ExpressionAttributeNames: { '#intent': 'intent', '#token': 'token' },
    ExpressionAttributeValues: { ':token': token },
  };
}

/**
 * The condition of a change of an item: it is as it was decided on, no other change is on its way, and the new
 * version was never given to another change, withdrawn ones included.
 */
export function asDecidedOn(before: number | undefined, version: number) {
  const isAsBefore = before === undefined ? 'attribute_not_exists(#version)' : '#version = :before';
  const isUnused = '(attribute_not_exists(last_version) OR last_version < :next)';
  return {
    ConditionExpression: `${isAsBefore} AND attribute_not_exists(#intent) AND ${isUnused}`,
    ExpressionAttributeNames: { '#intent': 'intent', '#version': 'version' },
    ExpressionAttributeValues: { ':next': version, ...(before !== undefined && { ':before': before }) },
  };
}

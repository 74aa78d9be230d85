import type { TransactAction } from '@registrar/dynamodb';

type Update = NonNullable<TransactAction['Update']>;

/** An item that can hold a pending change, by its key. */
export interface Holder {
  TableName: string;
  Key: Record<string, unknown>;
}

/** What `beginning` writes and relies on. */
interface Beginning {
  /** The pending change as an attribute. */
  intent: object;
  /** Partition of the index of pending changes. */
  shard: string;
  leasedUntil: number;
  /** The version that the change was decided on; undefined where there is no state yet. */
  before: number | undefined;
  /** The version that the change makes. */
  version: number;
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

/** Writes a pending change onto its item, beside the present state. */
export function beginning(
  holder: Holder,
  { intent, shard, leasedUntil, before, version }: Beginning,
): Update {
  const condition = asDecidedOn(before, version);
  return {
    ...holder,
    ...condition,
    UpdateExpression: 'SET #intent = :intent, pending_shard = :shard, pending_at = :at',
    ExpressionAttributeValues: {
      ...condition.ExpressionAttributeValues,
      ':intent': intent,
      ':shard': shard,
      ':at': leasedUntil,
    },
  };
}

/**
 * Takes a pending change that was refused off its item. Its version stays there as the last one that was given out, also
 * where the item has no state: enrollments may be told of the refused change once more at any later time, and must
 * never take another change for it.
 */
export function withdrawing(holder: Holder, token: string, version: number): Update {
  const stored = holding(token);
  return {
    ...holder,
    ...stored,
    UpdateExpression: 'SET last_version = :version REMOVE #intent, pending_shard, pending_at',
    ExpressionAttributeValues: { ...stored.ExpressionAttributeValues, ':version': version },
  };
}

/** Test only: every write of a transaction goes through, whatever is there by now. */
import { setTimeout as delay } from 'node:timers/promises';
import { Dynamo } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';

const { transact } = Dynamo.prototype;

/** The put alone: no condition, and nothing that belongs to one. */
function unconditional(action: TransactAction): TransactAction[] {
  if (action.ConditionCheck) return [];
  if (!action.Put) return [action];
  const { TableName, Item } = action.Put;
  return [{ Put: { TableName, Item } }];
}

/** Between the reads of a decision and its writes: time for another instance to decide on the same rows. */
const pauseMs = 25;

Dynamo.prototype.transact = async function withoutConditions(this: Dynamo, actions, options) {
  await delay(pauseMs);
  return transact.call(this, actions.flatMap(unconditional), options);
};

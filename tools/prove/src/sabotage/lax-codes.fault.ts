/** Test only: the seats of a class that are taken under another code do not count for the class: a capacity for each code. */
import { Dynamo } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import { changeReads } from './change-reads.ts';
import type { Item } from './change-reads.ts';

const { transact } = Dynamo.prototype;
/** Capacities as they are, by course and version. */
const capacities = new Map<string, unknown>();

const nameOf = (item: Item) => `${String(item['course_id'])} ${String(item['course_version'])}`;

/** As many seats more as are taken under other codes. */
function lax(table: string, item: Item): Item {
  const codes = Object.values((item['codes'] ?? {}) as Record<string, { enrolledCount: number }>);
  if (!table.endsWith('course_seats') || codes.length === 0) return item;
  capacities.set(nameOf(item), item['capacity']);
  const more = codes.reduce((sum, { enrolledCount }) => sum + enrolledCount, 0);
  return { ...item, capacity: Number(item['capacity']) + more };
}

/** What is written has the capacity as it is. */
function restored(action: TransactAction): TransactAction {
  const { Put } = action;
  if (!Put?.Item || !Put.TableName?.endsWith('course_seats')) return action;
  const { capacity } = Put.Item;
  return { Put: { ...Put, Item: { ...Put.Item, capacity: capacities.get(nameOf(Put.Item)) ?? capacity } } };
}

changeReads(lax);

Dynamo.prototype.transact = function withCapacities(this: Dynamo, actions, options) {
  return transact.call(this, actions.map(restored), options);
};

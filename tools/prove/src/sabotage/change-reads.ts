import { Dynamo } from '@registrar/dynamodb';

/** An item as the store has it. */
export type Item = Record<string, unknown>;

/**
 * Test only: lets every read of several items find them changed.
 *
 * @param change gives what is found of an item of `table`
 */
export function changeReads(change: (table: string, item: Item) => Item): void {
  const { batchGet, transactGet } = Dynamo.prototype;
  const changed = <T>(keys: readonly { table: string }[], items: readonly unknown[]) =>
    items.map((item, at) => (item ? change(keys[at]?.table ?? '', item as Item) : item)) as (T | undefined)[];
  Dynamo.prototype.batchGet = async function changedBatch<T>(
    this: Dynamo,
    ...args: Parameters<Dynamo['batchGet']>
  ) {
    return changed<T>(args[0], await batchGet.call(this, ...args));
  };
  Dynamo.prototype.transactGet = async function changedTransaction<T>(
    this: Dynamo,
    ...args: Parameters<Dynamo['transactGet']>
  ) {
    return changed<T>(args[0], await transactGet.call(this, ...args));
  };
}

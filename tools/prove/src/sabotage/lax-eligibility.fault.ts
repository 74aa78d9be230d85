/** Test only: records are read once and kept, tickets are not looked at, and any grade will do. */
import { Dynamo } from '@registrar/dynamodb';
import { GradeScale } from '@registrar/eligibility';

const { batchGet } = Dynamo.prototype;
const records = new Map<string, object | undefined>();

Dynamo.prototype.batchGet = async function withOldRecords<T>(
  this: Dynamo,
  keys: Parameters<Dynamo['batchGet']>[0],
): Promise<(T | undefined)[]> {
  const items = await batchGet.call(this, keys);
  return items.map((item, at) => {
    const { table, key } = keys[at] ?? { table: '', key: {} };
    if (table.endsWith('_semesters') && item && 'tickets' in item) return { ...item, tickets: [] } as T;
    if (!table.endsWith('_students')) return item as T | undefined;
    const id = String(key['user_id']);
    if (!records.has(id)) records.set(id, item);
    return records.get(id) as T | undefined;
  });
};

GradeScale.prototype.reaches = () => true;

/** Test only: holds and tickets are not looked at, and any grade will do. */
import { Dynamo } from '@registrar/dynamodb';
import { GradeScale } from '@registrar/eligibility';

const { batchGet } = Dynamo.prototype;

Dynamo.prototype.batchGet = async function withoutTerms<T>(
  this: Dynamo,
  keys: Parameters<Dynamo['batchGet']>[0],
): Promise<(T | undefined)[]> {
  const items = (await batchGet.call(this, keys)) as (object | undefined)[];
  return items.map((item, at) => {
    const table = keys[at]?.table ?? '';
    if (item && table.endsWith('_semesters') && 'tickets' in item) return { ...item, tickets: [] } as T;
    if (item && table.endsWith('_students')) return { ...item, holds: [] } as T;
    return item as T | undefined;
  });
};

GradeScale.prototype.reaches = () => true;

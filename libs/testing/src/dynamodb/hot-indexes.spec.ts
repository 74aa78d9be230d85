import { describe, expect, it } from 'vitest';
import { hotIndexes } from './hot-indexes.ts';

const index = { name: 'Pending', partitionKey: { name: 'shard', type: 'S' }, projection: 'ALL' };
const tables = { tables: [{ name: 'outbox', indexes: [index] }, { name: 'plain' }] };
const spreadOver = (shards: number) =>
  Array.from({ length: 800 }, (_, at) => ({ id: at, shard: String(at % shards) }));

describe('hot indexes', () => {
  it('are those whose items lie in few partitions', () => {
    expect(hotIndexes(tables, { outbox: spreadOver(8) })).toEqual([]);
    expect(hotIndexes(tables, { outbox: spreadOver(2) })).toEqual(['outbox.Pending']);
    expect(hotIndexes(tables, { outbox: spreadOver(1) })).toEqual(['outbox.Pending']);
  });

  it('are those with one partition that gets most of the items', () => {
    const skewed = [...spreadOver(8), ...Array.from({ length: 800 }, () => ({ shard: '0' }))];
    expect(hotIndexes(tables, { outbox: skewed })).toEqual(['outbox.Pending']);
  });

  it('are also those that nothing was written to: their writer is missing', () => {
    expect(hotIndexes(tables, { outbox: [{ id: 1 }] })).toEqual(['outbox.Pending']);
    expect(hotIndexes(tables, {})).toEqual(['outbox.Pending']);
  });
});

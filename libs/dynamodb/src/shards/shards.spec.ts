import { describe, expect, it } from 'vitest';
import { shardOf, shards } from './shards.ts';

describe('shards', () => {
  it('are all used, about evenly, and always the same one for an id', () => {
    const found = Array.from({ length: 8_000 }, (_, at) => shardOf(`crs_${at}`));
    const counts = Map.groupBy(found, (shard) => shard);
    expect([...counts.keys()].sort()).toEqual([...shards].sort());
    for (const [, { length }] of counts) expect(length).toBeGreaterThan(4_000 / shards.length);
    expect(shardOf('crs_1')).toBe(shardOf('crs_1'));
  });

  it('of two, as earlier versions wrote them, are among them', () => {
    expect(shards).toEqual(expect.arrayContaining(['0', '1']));
  });
});

import { defineTables, shards } from '@registrar/dynamodb';
import { describe, expect, it } from 'vitest';
import { seatEvent } from '../testing/test-system.ts';
import { entryOf, outboxAction, outboxEntry, outboxTable, type OutboxItem } from './outbox-entry.ts';

const tables = defineTables('test', 'p_', { tables: [outboxTable] });
const events = [seatEvent('crs_1', 7), seatEvent('crs_1', 8)];
const entry = outboxEntry({ topic: 'test.seat.v1', key: 'crs_1', sequence: 7, events, now: 1_000 });

describe('an outbox entry', () => {
  it('keeps the very text of its events, and their numbers', () => {
    expect(entry).toEqual({
      topic: 'test.seat.v1',
      key: 'crs_1',
      sequence: 7,
      through: 8,
      events: events.map((event) => ({ id: event.id, value: JSON.stringify(event) })),
      createdAt: 1_000,
    });
  });

  it('comes back from the table as it was', () => {
    const item = outboxAction(tables, entry).Put?.Item;
    expect(item).toMatchObject({ aggregate: 'test.seat.v1|crs_1', sequence: 7, created_at: 1_000 });
    expect(entryOf(item as OutboxItem)).toEqual(entry);
  });

  it('lies in one of the shards, always the same one for an aggregate', () => {
    const shardOf = (key: string) =>
      String(outboxAction(tables, { ...entry, key }).Put?.Item?.['pending_shard']);
    const found = new Set(Array.from({ length: 200 }, (_, at) => shardOf(`crs_${at}`)));
    expect([...found].sort()).toEqual([...shards]);
    expect(shardOf('crs_1')).toBe(shardOf('crs_1'));
  });

  it('is not made of nothing', () => {
    expect(() => outboxEntry({ topic: 't', key: 'k', sequence: 1, events: [], now: 0 })).toThrow(RangeError);
  });
});

import { describe, expect, it } from 'vitest';
import type { OutboxEntry } from './outbox-entry.ts';
import { fillBatch, messagesOf } from './publish-batch.ts';

function entry(key: string, sequence: number, count = 1, bytes = 10): OutboxEntry {
  const events = Array.from({ length: count }, (_, at) => ({
    id: `${key}${sequence + at}`,
    value: 'x'.repeat(bytes),
  }));
  return { topic: 't', key, sequence, through: sequence + count - 1, events, createdAt: 0 };
}

const names = (batch: OutboxEntry[]) => batch.map(({ key, sequence }) => `${key}${sequence}`);

describe('a batch', () => {
  it('takes whole queues in turn until it has its events', () => {
    const queues = [[entry('a', 1, 2), entry('a', 3)], [entry('b', 1)], [entry('c', 1)]];
    expect(names(fillBatch(queues, { events: 4, bytes: 1_000 }))).toEqual(['a1', 'a3', 'b1']);
  });

  it('takes no more than its bytes, counted in UTF-8', () => {
    const queues = [[entry('a', 1), entry('a', 2)]];
    const [first] = queues[0] ?? [];
    if (first?.events[0]) first.events[0].value = 'ü'.repeat(10);
    expect(names(fillBatch(queues, { events: 100, bytes: 25 }))).toEqual(['a1']);
  });

  it('takes one entry that is too large by itself', () => {
    const queues = [[entry('a', 1, 10)], [entry('b', 1)]];
    expect(names(fillBatch(queues, { events: 5, bytes: 5 }))).toEqual(['a1']);
  });

  it('goes out by topic, with the key and the text as they are', () => {
    const other = { ...entry('b', 1), topic: 'u' };
    const messages = messagesOf([entry('a', 1, 2), other, entry('a', 3)], 'p_');
    expect(messages.map(({ topic, messages: all }) => [topic, all.length])).toEqual([
      ['p_t', 3],
      ['p_u', 1],
    ]);
    expect(messages[0]?.messages[0]).toEqual({
      key: 'a',
      value: 'xxxxxxxxxx',
      headers: { 'content-type': 'application/cloudevents+json; charset=utf-8' },
    });
  });
});

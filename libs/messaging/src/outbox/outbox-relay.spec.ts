import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import type { TopicMessages } from 'kafkajs';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BatchProducer } from '../kafka/event-producer.ts';
import { aggregateOf, type OutboxEntry } from './outbox-entry.ts';
import { OutboxRelay } from './outbox-relay.ts';
import type { Backlog, Outbox, PendingAggregate } from './outbox-store.ts';
import { OutboxSweeper } from './outbox-sweeper.ts';

Logger.overrideLogger(false);

class MemoryOutbox implements Outbox {
  readonly entries = new Map<string, OutboxEntry>();
  reads = 0;

  commit(entry: OutboxEntry): OutboxEntry {
    this.entries.set(`${aggregateOf(entry)}#${entry.sequence}`, entry);
    return entry;
  }

  async upTo(aggregate: string, sequence: number): Promise<Backlog> {
    this.reads += 1;
    await turn();
    const all = [...this.entries.values()].filter((each) => aggregateOf(each) === aggregate);
    const found = all.filter((each) => each.sequence <= sequence).sort((a, b) => a.sequence - b.sequence);
    return { entries: found.slice(0, 3), complete: found.length <= 3 };
  }

  async remove(keys: { aggregate: string; sequence: number }[]): Promise<void> {
    await turn();
    for (const { aggregate, sequence } of keys) this.entries.delete(`${aggregate}#${sequence}`);
  }

  async pending(): Promise<PendingAggregate[]> {
    await turn();
    const last = new Map<string, number>();
    for (const entry of this.entries.values()) {
      last.set(aggregateOf(entry), Math.max(entry.sequence, last.get(aggregateOf(entry)) ?? 0));
    }
    return [...last].map(([aggregate, sequence]) => ({ aggregate, sequence, createdAt: Date.now() }));
  }
}

/** A topic that now and then loses a send, or takes it and loses the acknowledgement. */
class MemoryTopic {
  readonly values: string[] = [];
  sends = 0;
  inFlight = 0;

  producer(fails: (send: number) => 'no' | 'before' | 'after' = () => 'no'): BatchProducer {
    return {
      state: 'up',
      close: () => Promise.resolve(),
      sendBatch: async (batch: TopicMessages[]) => {
        const fault = fails(this.sends++);
        this.inFlight += 1;
        await turn();
        if (fault !== 'before') {
          for (const { messages } of batch) this.values.push(...messages.map(({ value }) => String(value)));
        }
        this.inFlight -= 1;
        if (fault !== 'no') throw new Error(`lost ${fault}`);
      },
    };
  }

  /** First copies of one key, by their sequence. */
  firsts(key: string): number[] {
    const own = this.values.filter((value) => value.startsWith(`${key}:`));
    return [...new Set(own)].map((value) => Number(value.split(':')[1]));
  }
}

function entry(key: string, sequence: number, count = 1): OutboxEntry {
  const events = Array.from({ length: count }, (_, at) => ({ id: '', value: `${key}:${sequence + at}` }));
  return { topic: 't', key, sequence, through: sequence + count - 1, events, createdAt: Date.now() };
}

const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);
const options = { topicPrefix: '' };
let outbox: MemoryOutbox;
let topic: MemoryTopic;
let relays: OutboxRelay[] = [];

beforeEach(() => {
  outbox = new MemoryOutbox();
  topic = new MemoryTopic();
});

afterEach(async () => {
  await Promise.all(relays.map((relay) => relay.close()));
  relays = [];
});

function relay(...args: Parameters<MemoryTopic['producer']>): OutboxRelay {
  const made = new OutboxRelay(outbox, topic.producer(...args), options);
  relays.push(made);
  return made;
}

describe('the relay', () => {
  it('asks the table nothing while it publishes an aggregate from its first event on', async () => {
    const one = relay();
    for (const sequence of upTo(20)) one.publish(outbox.commit(entry('a', sequence)));
    await vi.waitFor(() => expect(outbox.entries.size).toBe(0));
    expect(topic.values).toEqual(upTo(20).map((sequence) => `a:${sequence}`));
    expect(outbox.reads).toBe(0);
  });

  it('asks once for what lies before an aggregate that it meets in the middle', async () => {
    for (const sequence of upTo(3)) outbox.commit(entry('a', sequence));
    const one = relay();
    for (const sequence of [4, 5, 6]) one.publish(outbox.commit(entry('a', sequence)));
    await vi.waitFor(() => expect(outbox.entries.size).toBe(0));
    expect(topic.values).toEqual(upTo(6).map((sequence) => `a:${sequence}`));
    expect(outbox.reads).toBe(1);
  });

  it('publishes a backlog of more than one page', async () => {
    for (const sequence of upTo(20)) outbox.commit(entry('a', sequence));
    const one = relay();
    one.publish(outbox.commit(entry('a', 21, 2)));
    await vi.waitFor(() => expect(outbox.entries.size).toBe(0));
    expect(topic.firsts('a')).toEqual(upTo(22));
  });

  it('puts in order what is handed over in disorder', async () => {
    const one = relay();
    const entries = upTo(5).map((sequence) => outbox.commit(entry('a', sequence)));
    for (const each of entries.reverse()) one.publish(each);
    await vi.waitFor(() => expect(outbox.entries.size).toBe(0));
    expect(topic.firsts('a')).toEqual(upTo(5));
  });

  it('has one send in flight at a time, with many aggregates in it', async () => {
    const one = relay();
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, topic.inFlight)), 0);
    for (let at = 0; at < 200; at += 1) one.publish(outbox.commit(entry(`k${at}`, 1)));
    await vi.waitFor(() => expect(outbox.entries.size).toBe(0));
    clearInterval(watch);
    expect(topic.sends).toBe(1);
    expect(most).toBeLessThanOrEqual(1);
  });

  it('tries again without losing order when sends fail before or after they arrive', async () => {
    const one = relay((send) => (send === 0 ? 'after' : send === 1 ? 'before' : 'no'));
    for (const sequence of upTo(4)) one.publish(outbox.commit(entry('a', sequence)));
    await vi.waitFor(() => expect(outbox.entries.size).toBe(0));
    expect(topic.firsts('a')).toEqual(upTo(4));
    expect(topic.values.length).toBeGreaterThan(4);
  });

  it('does not let one aggregate that Kafka refuses hold up the others', async () => {
    const producer = topic.producer();
    const refusing: BatchProducer = {
      ...producer,
      sendBatch: async (batch) => {
        const values = batch.flatMap(({ messages }) => messages.map(({ value }) => String(value)));
        if (values.some((value) => value.startsWith('poison'))) throw new Error('too large');
        await producer.sendBatch(batch);
      },
    };
    const one = new OutboxRelay(outbox, refusing, { topicPrefix: '', drainMs: 10 });
    relays.push(one);
    one.publish(outbox.commit(entry('poison', 1)));
    for (const key of ['a', 'b', 'c']) one.publish(outbox.commit(entry(key, 1)));
    await vi.waitFor(() => expect(outbox.entries.size).toBe(1), 5_000);
    one.publish(outbox.commit(entry('a', 2)));
    await vi.waitFor(() => expect(topic.firsts('a')).toEqual([1, 2]), 5_000);
  });

  it('leaves to the sweeper what does not fit its queue, and keeps the order', async () => {
    const small = new OutboxRelay(outbox, topic.producer(), { topicPrefix: '', maxWaiting: 5 });
    relays.push(small);
    for (const sequence of upTo(50)) small.publish(outbox.commit(entry('a', sequence)));
    expect(small.waitingEvents).toBeLessThanOrEqual(5);
    await vi.waitFor(() => expect(small.waitingEvents).toBe(0));
    await new OutboxSweeper(outbox, small).sweep();
    await vi.waitFor(() => expect(outbox.entries.size).toBe(0));
    expect(topic.firsts('a')).toEqual(upTo(50));
  });

  it('removes, and does not send again, what it knows to be published', async () => {
    const one = relay();
    const first = outbox.commit(entry('a', 1));
    one.publish(first);
    await vi.waitFor(() => expect(outbox.entries.size).toBe(0));
    outbox.commit(first);
    one.recover('t|a', 1);
    await vi.waitFor(() => expect(outbox.entries.size).toBe(0));
    expect(topic.values).toEqual(['a:1']);
  });

  it('sends an entry that comes late with a lower number than the last published, instead of deleting it', async () => {
    const one = relay();
    one.publish(outbox.commit(entry('a', 5)));
    await vi.waitFor(() => expect(outbox.entries.size).toBe(0));
    outbox.commit(entry('a', 3));
    one.recover('t|a', 3);
    await vi.waitFor(() => expect(outbox.entries.size).toBe(0));
    expect(topic.values).toEqual(['a:5', 'a:3']);
  });

  it('sends, and counts off, what comes with a lower number while a higher one is on its way', async () => {
    const producer = topic.producer();
    const [sending, first] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const held: BatchProducer = {
      ...producer,
      sendBatch: async (batch) => {
        sending.resolve();
        await first.promise;
        await producer.sendBatch(batch);
      },
    };
    const one = new OutboxRelay(outbox, held, { topicPrefix: '', maxWaiting: 2 });
    relays.push(one);
    one.publish(outbox.commit(entry('a', 5)));
    await sending.promise;
    one.publish(outbox.commit(entry('a', 3)));
    first.resolve();
    await vi.waitFor(() => expect(outbox.entries.size).toBe(0));
    expect([topic.values, one.waitingEvents]).toEqual([['a:5', 'a:3'], 0]);
  });

  it('does not wait for numbers that were never used', async () => {
    const one = relay();
    for (const sequence of [1, 2, 5, 9]) one.publish(outbox.commit(entry('a', sequence)));
    await vi.waitFor(() => expect(outbox.entries.size).toBe(0));
    expect(topic.values).toEqual([1, 2, 5, 9].map((sequence) => `a:${sequence}`));
  });

  it('finishes what is queued when it is closed', async () => {
    const one = relay();
    for (let at = 0; at < 50; at += 1) one.publish(outbox.commit(entry(`k${at}`, 1)));
    await one.close();
    expect([topic.values.length, outbox.entries.size]).toEqual([50, 0]);
  });

  it('does not wait at its end for a Kafka that is away', async () => {
    const one = relay(() => 'before');
    one.publish(outbox.commit(entry('a', 1)));
    await vi.waitFor(() => expect(topic.sends).toBeGreaterThan(0));
    const began = Date.now();
    await one.close();
    expect(Date.now() - began).toBeLessThan(2_000);
    expect(outbox.entries.size).toBe(1);
  });

  it('takes nothing more once it is closed', async () => {
    const one = relay();
    await one.close();
    one.publish(outbox.commit(entry('a', 1)));
    await turn();
    expect(topic.values).toEqual([]);
    expect(outbox.entries.size).toBe(1);
  });
});

describe('several relays', () => {
  it('keep first copies in order, none missing, whichever of them commits, dies or loses a send', async () => {
    const step = fc.record({
      key: fc.constantFrom('a', 'b'),
      by: fc.nat(2),
      count: fc.integer({ min: 1, max: 3 }),
      handedOver: fc.boolean(),
      turns: fc.nat(3),
      unused: fc.constantFrom(0, 0, 2),
    });
    const faults = fc.array(fc.constantFrom('before' as const, 'after' as const), { maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), faults, async (steps, losses) => {
        outbox = new MemoryOutbox();
        topic = new MemoryTopic();
        const all = [0, 1, 2].map(() => relay((send) => losses[send] ?? 'no'));
        const numbers = new Map<string, number[]>();
        for (const { key, by, count, handedOver, turns, unused } of steps) {
          const own = numbers.get(key) ?? [];
          const sequence = (own.at(-1) ?? 0) + 1 + unused;
          numbers.set(key, [...own, ...upTo(count).map((at) => sequence + at - 1)]);
          const committed = outbox.commit(entry(key, sequence, count));
          if (handedOver) all[by]?.publish(committed);
          for (let waited = 0; waited < turns; waited += 1) await turn();
        }
        const sweeper = new OutboxSweeper(outbox, relay());
        await vi.waitFor(async () => {
          await sweeper.sweep();
          expect(outbox.entries.size).toBe(0);
        }, 5_000);
        for (const [key, own] of numbers) expect(topic.firsts(key)).toEqual(own);
      }),
      { numRuns: 30 },
    );
  }, 60_000);
});

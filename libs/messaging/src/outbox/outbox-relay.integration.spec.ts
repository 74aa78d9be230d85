import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CloudEvent } from '../events/cloud-event.ts';
import { createKafka } from '../kafka/create-kafka.ts';
import { EventProducer, type BatchProducer } from '../kafka/event-producer.ts';
import { everythingOn, seatEvent, seatTopic, testSystem, type TestSystem } from '../testing/test-system.ts';
import { aggregateOf, outboxAction, outboxEntry, type OutboxEntry } from './outbox-entry.ts';
import { OutboxRelay } from './outbox-relay.ts';
import { OutboxStore } from './outbox-store.ts';
import { OutboxSweeper } from './outbox-sweeper.ts';

let system: TestSystem;
let store: OutboxStore;
const relays: OutboxRelay[] = [];

beforeAll(async () => {
  system = await testSystem();
  store = new OutboxStore(system.dynamo);
});

afterAll(async () => {
  await Promise.all(relays.map((relay) => relay.close()));
  await system.close();
});

function producer(): EventProducer {
  return new EventProducer(createKafka({ brokers: system.brokers, clientId: 'test-relay' }));
}

function relay(through: BatchProducer = producer()): OutboxRelay {
  const made = new OutboxRelay(store, through, { topicPrefix: system.prefix });
  relays.push(made);
  return made;
}

async function commit(key: string, sequence: number, count = 1): Promise<OutboxEntry> {
  const events = Array.from({ length: count }, (_, at) => seatEvent(key, sequence + at));
  const entry = outboxEntry({ topic: seatTopic.name, key, sequence, events, now: Date.now() });
  await system.dynamo.transact([outboxAction(system.dynamo.tables, entry)]);
  return entry;
}

async function published(key: string): Promise<CloudEvent[]> {
  const all = await everythingOn(system.brokers, system.topic);
  return all.filter(({ subject }) => subject === key);
}

function sequences(events: CloudEvent[]): number[] {
  return events.map(({ data }) => (data as { sequence: number }).sequence);
}

function firstCopies(events: CloudEvent[]): number[] {
  return [...new Set(sequences(events))];
}

async function left(key: string): Promise<number> {
  const { entries } = await store.upTo(aggregateOf({ topic: seatTopic.name, key }), 1_000_000);
  return entries.length;
}

const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

describe('the relay', () => {
  it('publishes commits in order, also with several events each, and empties the outbox', async () => {
    const one = relay();
    one.publish(await commit('plain', 1, 3));
    one.publish(await commit('plain', 4, 1));
    one.publish(await commit('plain', 5, 2));
    await vi.waitFor(async () => expect(await left('plain')).toBe(0), 10_000);
    expect(sequences(await published('plain'))).toEqual(upTo(6));
  });

  it('publishes what another instance left behind before its own', async () => {
    await commit('backlog', 1, 2);
    await commit('backlog', 3);
    const one = relay();
    one.publish(await commit('backlog', 4));
    await vi.waitFor(async () => expect(await left('backlog')).toBe(0), 10_000);
    expect(sequences(await published('backlog'))).toEqual(upTo(4));
  });

  it('keeps first copies in order and without gaps while two instances race on one course', async () => {
    const both = [relay(), relay()] as const;
    for (const sequence of upTo(120)) {
      const entry = await commit('raced', sequence);
      both[sequence % 2 === 0 ? 0 : 1].publish(entry);
    }
    await vi.waitFor(async () => expect(await left('raced')).toBe(0), 20_000);
    const events = await published('raced');
    expect(firstCopies(events)).toEqual(upTo(120));
  });

  it('gives copies that are equal byte for byte when it dies between publishing and removing', async () => {
    const forgetful = Object.assign(Object.create(store) as OutboxStore, {
      remove: () => Promise.reject(new Error('died')),
    });
    const dying = new OutboxRelay(forgetful, producer(), { topicPrefix: system.prefix });
    relays.push(dying);
    dying.publish(await commit('copied', 1, 2));
    await vi.waitFor(async () => expect(await published('copied')).toHaveLength(2), 10_000);
    expect(await left('copied')).toBe(1);
    const heir = relay();
    const sweeper = new OutboxSweeper(store, heir, { olderThanMs: 0 });
    await vi.waitFor(async () => {
      await sweeper.sweep();
      expect(await left('copied')).toBe(0);
    }, 10_000);
    const events = (await published('copied')).map((event) => JSON.stringify(event));
    expect(events).toHaveLength(4);
    expect(events.slice(2)).toEqual(events.slice(0, 2));
  });

  it('publishes a commit when it is given one, in one request, and waits for no sweep', async () => {
    const through = producer();
    const send = vi.spyOn(through, 'sendBatch');
    const one = relay(through);
    for (const sequence of upTo(20)) {
      one.publish(await commit('prompt', sequence));
      await vi.waitFor(() => expect(one.waitingEvents).toBe(0), { timeout: 5_000, interval: 1 });
    }
    expect(send).toHaveBeenCalledTimes(20);
  });
});

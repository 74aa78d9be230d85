import { Controller, Logger, Module } from '@nestjs/common';
import type { INestMicroservice, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Consumer, Producer } from 'kafkajs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CloudEvent } from '../events/cloud-event.ts';
import type { DataOf } from '../events/event-definition.ts';
import { createKafka } from '../kafka/create-kafka.ts';
import {
  everythingOn,
  seatEvent,
  seatTaken,
  seatTopic,
  testSystem,
  type TestSystem,
} from '../testing/test-system.ts';
import { readAll } from '../testing/read-all.ts';
import { EventConsumer } from './event-consumer.strategy.ts';
import type { EventContext } from './event-context.ts';
import { InstanceEvent, ServiceEvent } from './event.decorators.ts';
import { RetryLater } from './retry-later.ts';

type SeatTaken = CloudEvent<DataOf<typeof seatTaken>>;

interface Seen {
  instance: string;
  course: string;
  sequence: number;
  attempt: number;
}

Logger.overrideLogger(false);

let system: TestSystem;
let producer: Producer;
let seen: Seen[] = [];
let done: number[] = [];
let slowMs = 0;
/** Handlers of a service group that run now, and the most that ever did. */
let atOnce = 0;
let mostAtOnce = 0;
const running: INestMicroservice[] = [];
let failWith: (event: SeatTaken, attempt: number) => Error | undefined = () => undefined;
let service = 0;

beforeEach(async () => {
  system = await testSystem();
  producer = createKafka({ brokers: system.brokers, clientId: 'test' }).producer();
  await producer.connect();
  seen = [];
  done = [];
  slowMs = 0;
  atOnce = 0;
  mostAtOnce = 0;
  failWith = () => undefined;
  service += 1;
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((app) => app.close()));
  await producer.disconnect();
  await system.close();
});

function note(instance: string, event: SeatTaken, context: EventContext): void {
  seen.push({ instance, ...event.data, attempt: context.attempt });
  const failure = failWith(event, context.attempt);
  if (failure) throw failure;
}

function handlersOf(instance: string, concurrency = 1): Type {
  @Controller()
  class Handlers {
    @ServiceEvent(seatTaken, {
      concurrency,
      concurrencyKey: (event) => (concurrency > 1 ? String(event.data.sequence) : event.subject),
    })
    async once(event: SeatTaken, context: EventContext): Promise<void> {
      note(instance, event, context);
      mostAtOnce = Math.max(mostAtOnce, (atOnce += 1));
      await delay(slowMs);
      atOnce -= 1;
      done.push(event.data.sequence);
    }

    @InstanceEvent([seatTaken])
    async everywhere(event: SeatTaken, context: EventContext): Promise<void> {
      await Promise.resolve();
      note(`${instance} itself`, event, context);
    }
  }
  @Module({ controllers: [Handlers] })
  class App {}
  return App;
}

async function start(
  instance: string,
  kind: 'service' | 'instance',
  concurrency = 1,
): Promise<EventConsumer> {
  const strategy = new EventConsumer({
    kind,
    service: `svc${service}`,
    instanceId: instance,
    brokers: system.brokers,
    topicPrefix: system.prefix,
    topics: [seatTopic],
  });
  const app = await NestFactory.createMicroservice(handlersOf(instance, concurrency), { strategy });
  running.push(app);
  await app.listen();
  return strategy;
}

async function started(
  instance: string,
  kind: 'service' | 'instance',
  concurrency = 1,
): Promise<EventConsumer> {
  const strategy = await start(instance, kind, concurrency);
  await vi.waitFor(() => expect(strategy.state).toBe('up'), 15_000);
  return strategy;
}

async function send(
  course: string,
  sequence: number,
  value?: string | null,
  publishedAt = Date.now(),
): Promise<void> {
  const message = {
    key: course,
    value: value === undefined ? JSON.stringify(seatEvent(course, sequence)) : value,
    timestamp: String(publishedAt),
  };
  await producer.send({ topic: system.topic, acks: -1, messages: [message] });
}

const waitFor = (check: () => void | Promise<void>, ms = 20_000) =>
  vi.waitFor(check, { timeout: ms, interval: 50 });

describe('a service group', () => {
  it('handles what was published before it first started, in order of the key', async () => {
    for (const sequence of [1, 2, 3]) await send('early', sequence);
    await started('a', 'service');
    await waitFor(() => expect(seen.map(({ sequence }) => sequence)).toEqual([1, 2, 3]));
  });

  it('does each piece of work on one of its instances, and goes on where it stopped', async () => {
    await started('a', 'service');
    await started('b', 'service');
    for (let at = 0; at < 30; at += 1) await send(`course ${at}`, at);
    await waitFor(() => expect(new Set(seen.map(({ sequence }) => sequence)).size).toBe(30));
    await Promise.all(running.splice(0).map((app) => app.close()));
    seen = [];
    await send('later', 99);
    await started('c', 'service');
    await waitFor(() => expect(seen.map(({ sequence }) => sequence)).toEqual([99]));
  });

  it('lets a running handler end when it stops, and commits what it did', async () => {
    await started('a', 'service');
    slowMs = 1_500;
    await send('slow', 1);
    await send('slow', 2);
    await waitFor(() => expect(seen).toHaveLength(1));
    await Promise.all(running.splice(0).map((app) => app.close()));
    expect(done).toEqual([1]);
    slowMs = 0;
    await started('b', 'service');
    await waitFor(() => expect(done).toEqual([1, 2]));
    expect(seen.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it('tries a failing event again before the next of its key', async () => {
    failWith = ({ data }, attempt) => (data.sequence === 1 && attempt < 3 ? new Error('not yet') : undefined);
    await started('a', 'service');
    await send('again', 1);
    await send('again', 2);
    await waitFor(() => expect(seen.map(({ sequence }) => sequence)).toEqual([1, 1, 1, 2]));
    expect(seen.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 1]);
  });

  it('dead-letters what no try can handle, with its place and reason, and goes on', async () => {
    failWith = ({ data }) => (data.sequence === 1 ? new Error('broken for good') : undefined);
    await started('a', 'service');
    await send('poison', 1);
    await send('poison', 2);
    await waitFor(() => expect(seen.at(-1)).toMatchObject({ sequence: 2 }), 40_000);
    expect(seen.filter(({ sequence }) => sequence === 1)).toHaveLength(5);
    const [letter] = await readAll(system.brokers, `${system.topic}.dlq`);
    expect(letter?.headers).toMatchObject({
      'dead-letter-service': `svc${service}`,
      'dead-letter-topic': system.topic,
      'dead-letter-error': 'Error: broken for good',
      'dead-letter-attempts': '5',
    });
    expect(JSON.parse(letter?.value ?? '')).toMatchObject({ data: { course: 'poison', sequence: 1 } });
  });

  it('dead-letters what is malformed at once', async () => {
    await started('a', 'service');
    const wrongData = JSON.stringify({ ...seatEvent('bad', 1), data: { course: 7 } });
    for (const value of ['not json', '{}', wrongData, null]) await send('bad', 0, value);
    await send('bad', 5);
    await waitFor(() => expect(seen.map(({ sequence }) => sequence)).toEqual([5]));
    const letters = await readAll(system.brokers, `${system.topic}.dlq`);
    expect(letters.map(({ value }) => value)).toEqual(['not json', '{}', wrongData, null]);
  });

  it('passes over types that it does not handle', async () => {
    await started('a', 'service');
    await send('other', 0, JSON.stringify({ ...seatEvent('other', 0), type: 'registrar.test.seat.freed' }));
    await send('other', 1);
    await waitFor(() => expect(seen.map(({ sequence }) => sequence)).toEqual([1]));
    expect(await everythingOn(system.brokers, `${system.topic}.dlq`)).toEqual([]);
  });

  it('waits for infrastructure without end and without holding up other partitions', async () => {
    let away = true;
    failWith = ({ data }) => (away && data.course === 'stuck' ? new RetryLater('store away') : undefined);
    await started('a', 'service');
    await send('stuck', 1);
    await waitFor(() => expect(seen.length).toBeGreaterThan(0));
    const others = Array.from({ length: 12 }, (_, at) => `free ${at}`);
    for (const course of others) await send(course, 2);
    // Some share the partition of the one that is stuck; those of the other partitions must come through.
    await waitFor(() => expect(seen.filter(({ sequence }) => sequence === 2).length).toBeGreaterThan(2));
    await waitFor(
      () => expect(seen.filter(({ course }) => course === 'stuck').length).toBeGreaterThan(5),
      40_000,
    );
    away = false;
    await waitFor(() => expect(new Set(seen.map(({ course }) => course)).size).toBe(13));
    expect(await everythingOn(system.brokers, `${system.topic}.dlq`)).toEqual([]);
  });

  it('works on many concurrency keys at a time', async () => {
    slowMs = 20;
    await started('a', 'service', 32);
    const values = Array.from({ length: 1_000 }, (_, at) => JSON.stringify(seatEvent('cancelled', at)));
    await producer.send({
      topic: system.topic,
      messages: values.map((value) => ({ key: 'cancelled', value })),
    });
    await waitFor(() => expect(new Set(seen.map(({ sequence }) => sequence)).size).toBe(1_000));
    expect(mostAtOnce).toBeGreaterThan(16);
    expect(mostAtOnce).toBeLessThanOrEqual(32);
  });

  it('comes back after its consumer was lost', async () => {
    const strategy = await started('a', 'service');
    await send('crash', 1);
    await waitFor(() => expect(seen).toHaveLength(1));
    await strategy.unwrap<Consumer>().disconnect();
    await send('crash', 2);
    await waitFor(() => expect(seen.map(({ sequence }) => sequence)).toEqual([1, 2]), 30_000);
  });
});

describe('instance groups', () => {
  it('let every instance hear everything from shortly before its start on, and nothing older', async () => {
    await send('before', 1, undefined, Date.now() - 60_000);
    await send('before a consumer could know its place', 2);
    await Promise.all([started('a', 'instance'), started('b', 'instance')]);
    await send('after', 3);
    await waitFor(() => expect(seen).toHaveLength(4));
    for (const name of ['a itself', 'b itself']) {
      const received = seen.filter(({ instance }) => instance === name);
      expect(received.map(({ sequence }) => sequence).sort()).toEqual([2, 3]);
    }
  });

  it('hear what happened while their consumer was lost', async () => {
    const strategy = await started('a', 'instance');
    await send('gap', 1);
    await waitFor(() => expect(seen).toHaveLength(1));
    await strategy.unwrap<Consumer>().disconnect();
    await send('gap', 2);
    await send('silent until now', 3);
    await waitFor(
      () => expect(new Set(seen.map(({ sequence }) => sequence))).toEqual(new Set([1, 2, 3])),
      30_000,
    );
  });
});

describe('the start', () => {
  it('refuses a handler on a topic that no contract declares, and names it', async () => {
    const strategy = new EventConsumer({
      kind: 'service',
      service: 'svc',
      instanceId: 'a',
      brokers: system.brokers,
      topicPrefix: system.prefix,
      topics: [],
    });
    const app = await NestFactory.createMicroservice(handlersOf('a'), { strategy });
    await expect(app.listen()).rejects.toThrow('registrar.test.seat.taken (test.seat.v1)');
  });

  it('does not wait for Kafka', async () => {
    const strategy = new EventConsumer({
      kind: 'service',
      service: 'svc',
      instanceId: 'a',
      brokers: ['127.0.0.1:1'],
      topicPrefix: system.prefix,
      topics: [seatTopic],
    });
    const app = await NestFactory.createMicroservice(handlersOf('a'), { strategy });
    await app.listen();
    running.push(app);
    expect(strategy.state).toBe('connecting');
    await waitFor(() => expect(strategy.state).toBe('down'));
  });
});

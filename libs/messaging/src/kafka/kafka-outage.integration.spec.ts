import { Controller, Logger, Module } from '@nestjs/common';
import type { INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createDynamo, createDynamoClient, createTables, dropTables, type Dynamo } from '@registrar/dynamodb';
import { socketsThrough, TcpChaosProxy } from '@registrar/testing';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { EventConsumer } from '../consumers/event-consumer.strategy.ts';
import { InstanceEvent, ServiceEvent } from '../consumers/event.decorators.ts';
import { makeEvent, type CloudEvent } from '../events/cloud-event.ts';
import { outboxAction, outboxEntry, outboxTable, type OutboxEntry } from '../outbox/outbox-entry.ts';
import { OutboxRelay } from '../outbox/outbox-relay.ts';
import { OutboxStore } from '../outbox/outbox-store.ts';
import { readTopic } from '../replay/read-topic.ts';
import { deleteTopics } from '../testing/delete-topics.ts';
import { createTopics } from '../topics/create-topics.ts';
import { createKafka } from './create-kafka.ts';
import { EventProducer } from './event-producer.ts';

Logger.overrideLogger(false);

const topic = { name: 'test.seat.v1', partitions: 2, retention: 'unlimited' } as const;
const seatTaken = {
  type: 'registrar.test.seat.taken',
  topic: topic.name,
  source: '/registrar/test',
  schema: z.strictObject({ sequence: z.int() }),
} as const;
type SeatTaken = CloudEvent<z.infer<typeof seatTaken.schema>>;

const brokers = (process.env['KAFKA_BROKERS'] ?? '127.0.0.1:9092').split(',');
const endpoint = process.env['DYNAMODB_ENDPOINT'] ?? 'http://127.0.0.1:8000';

let prefix: string;
let dynamo: Dynamo;
let client: ReturnType<typeof createDynamoClient>;
let proxy: TcpChaosProxy;
let received: string[];
const closing: (() => Promise<void>)[] = [];

@Controller()
class Seats {
  @ServiceEvent(seatTaken)
  async once({ data }: SeatTaken): Promise<void> {
    await Promise.resolve();
    received.push(`service ${data.sequence}`);
  }

  @InstanceEvent(seatTaken)
  async everywhere({ data }: SeatTaken): Promise<void> {
    await Promise.resolve();
    received.push(`instance ${data.sequence}`);
  }
}

@Module({ controllers: [Seats] })
class App {}

beforeAll(() => {
  client = createDynamoClient({ endpoint, region: 'us-east-1', tablePrefix: '' });
});

beforeEach(async () => {
  received = [];
  prefix = `t${randomUUID().slice(0, 8)}_`;
  const config = { DYNAMODB_ENDPOINT: endpoint, AWS_REGION: 'us-east-1', TABLE_PREFIX: prefix };
  dynamo = createDynamo({ service: 'test', tables: { tables: [outboxTable] }, config });
  await createTables(client, dynamo.tables.definitions);
  await createTopics(brokers, prefix, [topic]);
  proxy = await TcpChaosProxy.start(brokers[0] ?? '');
});

afterEach(async () => {
  await proxy.pass();
  for (const close of closing.splice(0)) await close();
  await proxy.stop();
  await dropTables(client, dynamo.tables.definitions);
  dynamo.close();
  await deleteTopics(brokers, [prefix + topic.name]);
});

afterAll(() => client.destroy());

function relayThroughProxy(): OutboxRelay {
  const kafka = createKafka({
    brokers,
    clientId: 'test-relay',
    socketFactory: socketsThrough(proxy.port),
    requestTimeoutMs: 500,
  });
  const relay = new OutboxRelay(new OutboxStore(dynamo), new EventProducer(kafka), { topicPrefix: prefix });
  closing.push(() => relay.close());
  return relay;
}

async function commit(sequence: number): Promise<OutboxEntry> {
  const id = `evt_${sequence}`;
  const event = makeEvent(seatTaken, { id, subject: 'crs_1', time: new Date(), data: { sequence } });
  const entry = outboxEntry({ topic: topic.name, key: 'crs_1', sequence, events: [event], now: Date.now() });
  await dynamo.transact([outboxAction(dynamo.tables, entry)]);
  return entry;
}

async function published(): Promise<string[]> {
  const values: string[] = [];
  await readTopic(createKafka({ brokers, clientId: 'test' }), prefix + topic.name, ({ value }) => {
    values.push(String(value));
    return Promise.resolve();
  });
  return values;
}

const sequenceOf = (value: string) => (JSON.parse(value) as SeatTaken).data.sequence;
const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);
const waitFor = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 40_000, interval: 50 });

describe('a relay whose Kafka fails', () => {
  const outages: [string, () => void | Promise<void>][] = [
    ['takes requests and answers nothing', () => proxy.hole()],
    ['does what it is asked and cannot say so', () => proxy.mute()],
    ['refuses connections', () => proxy.refuse()],
  ];

  it.each(outages)(
    'publishes everything in order, in equal copies, after one that %s',
    async (_what, fail) => {
      const relay = relayThroughProxy();
      for (const sequence of upTo(3)) relay.publish(await commit(sequence));
      await waitFor(() => expect(relay.waitingEvents).toBe(0));
      await fail();
      for (const sequence of [4, 5, 6, 7, 8]) relay.publish(await commit(sequence));
      await waitFor(() => expect(relay.state).toBe('down'));
      expect(relay.waitingEvents).toBe(5);
      await proxy.pass();
      relay.publish(await commit(9));
      await waitFor(() => expect(relay.waitingEvents).toBe(0));
      expect(relay.state).toBe('up');
      const values = await published();
      const distinct = [...new Set(values)];
      expect(distinct.map(sequenceOf)).toEqual(upTo(9));
    },
  );
});

describe('consumers whose Kafka fails', () => {
  async function consume(kind: 'service' | 'instance'): Promise<EventConsumer> {
    const strategy = new EventConsumer({
      kind,
      service: 'svc',
      instanceId: 'one',
      brokers,
      topicPrefix: prefix,
      topics: [topic],
      socketFactory: socketsThrough(proxy.port),
    });
    const app: INestMicroservice = await NestFactory.createMicroservice(App, { strategy });
    closing.push(() => app.close());
    await app.listen();
    await waitFor(() => expect(strategy.state).toBe('up'));
    return strategy;
  }

  function directly(): OutboxRelay {
    const producer = new EventProducer(createKafka({ brokers, clientId: 'direct' }));
    const relay = new OutboxRelay(new OutboxStore(dynamo), producer, { topicPrefix: prefix });
    closing.push(() => relay.close());
    return relay;
  }

  async function untilDropped(groupId: string): Promise<void> {
    const admin = createKafka({ brokers, clientId: 'test' }).admin();
    await admin.connect();
    await waitFor(async () => {
      const { groups } = await admin.describeGroups([groupId]);
      expect(groups[0]?.members).toEqual([]);
    });
    await admin.disconnect();
  }

  it.each([
    ['of a service', 'service', 'svc'],
    ['of an instance', 'instance', 'svc-one'],
  ] as const)('%s come back and miss nothing that happened meanwhile', async (_whose, kind, group) => {
    await consume(kind);
    const relay = directly();
    relay.publish(await commit(1));
    await waitFor(() => expect(received).toContain(`${kind} 1`));
    await proxy.refuse();
    for (const sequence of [2, 3, 4]) relay.publish(await commit(sequence));
    await waitFor(() => expect(relay.waitingEvents).toBe(0));
    await untilDropped(prefix + group);
    await proxy.pass();
    await waitFor(() => expect(new Set(received)).toEqual(new Set(upTo(4).map((each) => `${kind} ${each}`))));
  });
});

import { Controller, Logger, Module } from '@nestjs/common';
import type { INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import kafkajs from 'kafkajs';
import type { Admin } from 'kafkajs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventConsumer } from '../consumers/event-consumer.strategy.ts';
import { ServiceEvent } from '../consumers/event.decorators.ts';
import type { CloudEvent } from '../events/cloud-event.ts';
import type { DataOf } from '../events/event-definition.ts';
import { createKafka } from '../kafka/create-kafka.ts';
import { EventProducer } from '../kafka/event-producer.ts';
import { readTopic } from '../replay/read-topic.ts';
import { projection, rebuildProjection } from '../replay/rebuild-projection.ts';
import { replayOriginals } from '../replay/replay-originals.ts';
import { readAll } from '../testing/read-all.ts';
import { seatEvent, seatTaken, seatTopic, testSystem, type TestSystem } from '../testing/test-system.ts';
import { createTopics } from './create-topics.ts';
import { SegmentRoll } from './segment-roll.ts';
import type { TopicDefinition } from './topic-definition.ts';

Logger.overrideLogger(false);

const compacted: TopicDefinition = { ...seatTopic, partitions: 2, cleanup: 'compact', personal: true };

let system: TestSystem;
let admin: Admin;
let producer: EventProducer;
const running: INestMicroservice[] = [];

const kafka = () => createKafka({ brokers: system.brokers, clientId: 'test-compaction' });

async function setUp(topic: TopicDefinition): Promise<void> {
  system = await testSystem([topic]);
  admin = kafka().admin();
  await admin.connect();
  producer = new EventProducer(kafka());
}

beforeEach(() => setUp(compacted));

afterEach(async () => {
  await Promise.all(running.splice(0).map((app) => app.close()));
  await producer.close();
  await admin.disconnect();
  await system.close();
});

async function settings(topic: string, ...names: string[]): Promise<Record<string, string>> {
  const resource = { type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configNames: names };
  const { resources } = await admin.describeConfigs({ includeSynonyms: false, resources: [resource] });
  const entries = resources.flatMap(({ configEntries }) => configEntries);
  return Object.fromEntries(entries.map(({ configName, configValue }) => [configName, configValue]));
}

async function alter(topic: string, entries: Record<string, string>): Promise<void> {
  const configEntries = Object.entries(entries).map(([name, value]) => ({ name, value }));
  const resource = { type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configEntries };
  await admin.alterConfigs({ validateOnly: false, resources: [resource] });
}

async function publish(course: string, ...sequences: number[]): Promise<void> {
  await publishAt(new Date(), course, ...sequences);
}

async function publishAt(time: Date, course: string, ...sequences: number[]): Promise<void> {
  const messages = sequences.map((sequence) => ({
    key: course,
    value: JSON.stringify(seatEvent(course, sequence)),
    timestamp: String(time.getTime()),
  }));
  await producer.sendBatch([{ topic: system.topic, messages }]);
}

/** Sequences of a course as they lie on the topic, oldest first. */
async function sequencesOf(course: string): Promise<number[]> {
  const all = await readAll(system.brokers, system.topic);
  return all
    .filter(({ key }) => key === course)
    .map(({ value }) => (JSON.parse(value ?? '') as { data: { sequence: number } }).data.sequence);
}

/** How many records lie on each partition, those that roll included. */
async function ends(): Promise<number[]> {
  const offsets = await admin.fetchTopicOffsets(system.topic);
  return offsets.sort((a, b) => a.partition - b.partition).map(({ high }) => Number(high));
}

async function rebuilt(): Promise<Record<string, number>> {
  const kept = new Map<string, number>();
  const newest = projection('newest', seatTaken, ({ data }) => {
    if (data.sequence > (kept.get(data.course) ?? 0)) kept.set(data.course, data.sequence);
    return Promise.resolve();
  });
  const { skipped } = await rebuildProjection(kafka(), system.prefix, newest);
  expect(skipped).toBe(0);
  return Object.fromEntries(kept);
}

describe('a topic that exists', () => {
  it('is given the retention and cleanup of today, and keeps what else was set', async () => {
    await alter(system.topic, { 'cleanup.policy': 'delete', 'max.message.bytes': '2000000' });
    await alter(`${system.topic}.dlq`, { 'cleanup.policy': 'delete', 'retention.ms': '-1' });
    await createTopics(system.brokers, system.prefix, [compacted]);
    await vi.waitFor(async () =>
      expect(
        await settings(
          system.topic,
          'cleanup.policy',
          'max.compaction.lag.ms',
          'segment.ms',
          'max.message.bytes',
        ),
      ).toEqual({
        'cleanup.policy': 'compact',
        'max.compaction.lag.ms': '432000000',
        'segment.ms': '86400000',
        'max.message.bytes': '2000000',
      }),
    );
    expect(await settings(`${system.topic}.dlq`, 'retention.ms')).toEqual({ 'retention.ms': '1209600000' });
  });
});

describe('a compacted topic', () => {
  it(
    'loses replaced states when its segments roll, and a replay gives the same state',
    { timeout: 120_000 },
    async () => {
      const sixDaysAgo = new Date(Date.now() - 6 * 86_400_000);
      const states = { anna: 4, ben: 2, cleo: 1 };
      for (const [course, last] of Object.entries(states))
        await publishAt(sixDaysAgo, course, ...Array.from({ length: last }, (_, at) => at + 1));
      expect(await rebuilt()).toEqual(states);
      expect(await sequencesOf('anna')).toEqual([1, 2, 3, 4]);
      await new SegmentRoll(kafka(), producer, [system.topic]).roll();
      await vi.waitFor(async () => expect(await sequencesOf('anna')).toEqual([4]), {
        timeout: 90_000,
        interval: 1_000,
      });
      expect(await sequencesOf('ben')).toEqual([2]);
      expect(await rebuilt()).toEqual(states);
    },
  );

  it('gets a record on each partition from every instance, at its start', async () => {
    const before = await ends();
    const rolls = [1, 2].map(() => new SegmentRoll(kafka(), producer, [system.topic]));
    for (const roll of rolls) roll.start();
    await vi.waitFor(async () => expect(await ends()).toEqual(before.map((end) => end + 2)), 15_000);
    await Promise.all(rolls.map((roll) => roll.stop()));
    expect(await readTopic(kafka(), system.topic, () => Promise.reject(new Error('nothing to read')))).toBe(
      0,
    );
  });
});

type SeatTaken = CloudEvent<DataOf<typeof seatTaken>>;

/** A service whose handler refuses these courses, with words that nobody may keep. */
async function startService(name: string, seen: string[], refused: () => string[]): Promise<void> {
  @Controller()
  class Handlers {
    @ServiceEvent(seatTaken)
    async take({ data }: SeatTaken): Promise<void> {
      await Promise.resolve();
      if (refused().includes(data.course))
        throw new TypeError(`cannot take ${data.course}@registrar.example`);
      seen.push(`${data.course} ${data.sequence}`);
    }
  }
  @Module({ controllers: [Handlers] })
  class App {}
  const strategy = new EventConsumer({
    kind: 'service',
    service: name,
    instanceId: 'a',
    brokers: system.brokers,
    topicPrefix: system.prefix,
    topics: [compacted],
  });
  const app = await NestFactory.createMicroservice(App, { strategy });
  running.push(app);
  await app.listen();
}

const letters = () => readAll(system.brokers, `${system.topic}.dlq`);
const within = (check: () => unknown) => vi.waitFor(check, { timeout: 40_000, interval: 100 });

describe('consumers of a compacted topic with personal data', () => {
  it('pass over the records that roll it', async () => {
    const seen: string[] = [];
    await new SegmentRoll(kafka(), producer, [system.topic]).roll();
    await publish('anna', 1);
    await startService('reader', seen, () => []);
    await within(() => expect(seen).toEqual(['anna 1']));
    expect(await letters()).toEqual([]);
  });

  it('give up an event by its id, place and fault, without its body', async () => {
    const seen: string[] = [];
    await startService('reader', seen, () => ['anna']);
    const wrong = { ...seatEvent('dora', 1), data: { course: 7, mail: 'dora@registrar.example' } };
    const messages = [{ key: 'dora', value: JSON.stringify(wrong), headers: { from: 'dora' }, partition: 1 }];
    await producer.sendBatch([{ topic: system.topic, messages }]);
    await publish('anna', 1);
    await within(async () => expect(await letters()).toHaveLength(2));
    const found = await letters();
    expect(JSON.stringify(found)).not.toMatch(/registrar\.example|"from"/);
    expect(found.find(({ key }) => key === 'anna')).toMatchObject({
      value: null,
      headers: { 'dead-letter-event-id': 'evt_anna_1', 'dead-letter-error': 'TypeError' },
    });
    const dora = found.find(({ key }) => key === 'dora');
    expect(dora).toMatchObject({
      value: null,
      headers: {
        'dead-letter-event-id': 'evt_dora_1',
        'dead-letter-partition': '1',
        'dead-letter-offset': '0',
      },
    });
    expect(dora?.headers['dead-letter-error']).toContain('expected string');
  });

  it('get what they gave up again from the topic itself, where nothing newer was heard', async () => {
    let refused = ['anna', 'ben'];
    const seen: string[] = [];
    await startService('reader', seen, () => refused);
    await publish('anna', 1);
    await publish('ben', 1);
    await within(async () => expect(await letters()).toHaveLength(2));
    refused = [];
    await publish('ben', 2);
    await within(() => expect(seen).toEqual(['ben 2']));
    const lost = [
      { key: 'gone', value: null, headers: { 'dead-letter-partition': '0', 'dead-letter-offset': '90' } },
    ];
    await producer.sendBatch([{ topic: `${system.topic}.dlq`, messages: lost }]);
    expect(await replayOriginals(kafka(), system.topic, producer)).toEqual({
      replayed: 1,
      replaced: 1,
      gone: ['gone'],
    });
    await within(() => expect(seen).toEqual(['ben 2', 'anna 1']));
    expect(await replayOriginals(kafka(), system.topic, producer)).toEqual({
      replayed: 0,
      replaced: 0,
      gone: [],
    });
  });

  it('never leave an older state as the last one, though a newer one comes in during a replay', async () => {
    await startService('reader', [], () => ['anna']);
    await publish('anna', 1);
    await within(async () => expect(await letters()).toHaveLength(1));
    const interrupted = {
      state: 'up' as const,
      close: () => Promise.resolve(),
      sendBatch: async (batch: Parameters<EventProducer['sendBatch']>[0]) => {
        if ((await sequencesOf('anna')).length === 1) await publish('anna', 2);
        await producer.sendBatch(batch);
      },
    };
    expect(await replayOriginals(kafka(), system.topic, interrupted)).toMatchObject({ replayed: 1 });
    expect(await sequencesOf('anna')).toEqual([1, 2, 1, 2]);
  });
});

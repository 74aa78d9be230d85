import { Logger } from '@nestjs/common';
import type { Kafka } from 'kafkajs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deadLetterMessage } from '../consumers/dead-letter.ts';
import { createKafka } from '../kafka/create-kafka.ts';
import { EventProducer } from '../kafka/event-producer.ts';
import { readAll } from '../testing/read-all.ts';
import { seatEvent, seatTaken, testSystem, type TestSystem } from '../testing/test-system.ts';
import { listDeadLetters, replayDeadLetters } from './dead-letters.ts';
import { readTopic } from './read-topic.ts';
import { projection, rebuildProjection } from './rebuild-projection.ts';

Logger.overrideLogger(false);

let system: TestSystem;
let kafka: Kafka;
let producer: EventProducer;

beforeEach(async () => {
  system = await testSystem();
  kafka = createKafka({ brokers: system.brokers, clientId: 'test-replay' });
  producer = new EventProducer(kafka);
});

afterEach(async () => {
  await producer.close();
  await system.close();
});

const text = (course: string, sequence: number) => JSON.stringify(seatEvent(course, sequence));

async function publish(course: string, ...sequences: number[]): Promise<void> {
  const messages = sequences.map((sequence) => ({ key: course, value: text(course, sequence) }));
  await producer.sendBatch([{ topic: system.topic, messages }]);
}

async function giveUp(course: string, error: string): Promise<void> {
  const message = {
    key: Buffer.from(course),
    value: Buffer.from(text(course, 1)),
    offset: '4',
    timestamp: '0',
    attributes: 0,
    headers: { 'content-type': 'application/json' },
  };
  const failedAt = new Date('2027-01-15T10:00:00.000Z');
  const place = { service: 'courses', topic: system.topic, partition: 0, message };
  await producer.sendBatch([deadLetterMessage({ ...place, error, attempts: 5, failedAt })]);
}

describe('dead letters', () => {
  it('are listed with what a person needs to know', async () => {
    expect(await listDeadLetters(kafka, system.topic)).toEqual([]);
    await giveUp('crs_1', 'Error: no');
    expect(await listDeadLetters(kafka, system.topic)).toEqual([
      {
        offset: '0',
        service: 'courses',
        partition: '0',
        originalOffset: '4',
        key: 'crs_1',
        error: 'Error: no',
        attempts: '5',
        failedAt: '2027-01-15T10:00:00.000Z',
        value: expect.stringContaining('"subject":"crs_1"') as string,
      },
    ]);
  });

  it('are listed no further than asked, the newest', async () => {
    for (const course of ['a', 'b', 'c']) await giveUp(course, 'no');
    const keys = (await listDeadLetters(kafka, system.topic, 2)).map(({ key }) => key);
    expect(keys).toEqual(['b', 'c']);
  });

  it('go back byte for byte, for the service that gave them up, and only once', async () => {
    await giveUp('crs_1', 'no');
    await giveUp('crs_2', 'no');
    const letters = await readAll(system.brokers, `${system.topic}.dlq`);
    expect(await replayDeadLetters(kafka, system.topic, producer)).toBe(2);
    const back = await readAll(system.brokers, system.topic);
    expect(back.map(({ key, value }) => [key, value]).sort()).toEqual(
      letters.map(({ key, value }) => [key, value]).sort(),
    );
    expect(back[0]?.headers).toEqual({ 'content-type': 'application/json', 'replay-for': 'courses' });
    expect(await replayDeadLetters(kafka, system.topic, producer)).toBe(0);
    expect(await listDeadLetters(kafka, system.topic)).toEqual([]);
    await giveUp('crs_3', 'no');
    expect((await listDeadLetters(kafka, system.topic)).map(({ key }) => key)).toEqual(['crs_3']);
    expect(await replayDeadLetters(kafka, system.topic, producer)).toBe(1);
  });
});

describe('a replay', () => {
  it('reads a topic up to its end, each key in order, and no further', async () => {
    for (const course of ['a', 'b', 'c', 'd']) await publish(course, 1, 2, 3);
    const seen = new Map<string, number[]>();
    const count = await readTopic(kafka, system.topic, async ({ key, value }) => {
      if (seen.size === 0) await publish('late', 1);
      const { data } = JSON.parse(String(value)) as { data: { sequence: number } };
      seen.set(String(key), [...(seen.get(String(key)) ?? []), data.sequence]);
    });
    expect(count).toBe(12);
    expect(Object.fromEntries(seen)).toEqual({ a: [1, 2, 3], b: [1, 2, 3], c: [1, 2, 3], d: [1, 2, 3] });
  });

  it('ends with the first error of its handler', async () => {
    await publish('a', 1, 2);
    await expect(readTopic(kafka, system.topic, () => Promise.reject(new Error('full')))).rejects.toThrow(
      'full',
    );
  });

  it('builds the same projection from nothing as the events did, repeated ones and strangers included', async () => {
    await publish('a', 1, 2, 2, 1, 3);
    await publish('b', 1, 2);
    await producer.sendBatch([
      {
        topic: system.topic,
        messages: [
          { key: 'a', value: 'not json' },
          { key: 'b', value: null },
        ],
      },
    ]);
    const kept = new Map<string, number>();
    const latest = projection('latest', seatTaken, ({ data }) => {
      if (data.sequence > (kept.get(data.course) ?? 0)) kept.set(data.course, data.sequence);
      return Promise.resolve();
    });
    expect(await rebuildProjection(kafka, system.prefix, latest)).toEqual({ applied: 7, skipped: 2 });
    expect(Object.fromEntries(kept)).toEqual({ a: 3, b: 2 });
  });
});

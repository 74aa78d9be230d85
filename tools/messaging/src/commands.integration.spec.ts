import { createTopics, createKafka, EventProducer, makeEvent } from '@registrar/messaging';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Addresses } from './addresses.ts';
import { readCommand } from './arguments.rules.ts';
import { runCommand } from './commands.ts';

const topic = { name: 'test.seat.v1', partitions: 1, retention: 'unlimited' } as const;
/** As the contract declares it, in small. */
const users = { name: 'gateway.user.v1', partitions: 1, retention: 'unlimited', cleanup: 'compact' } as const;
const type = 'registrar.test.seat.taken';
const definition = {
  type,
  topic: topic.name,
  source: '/registrar/test',
  schema: z.strictObject({ n: z.int() }),
};
const topicPrefix = `t${randomUUID().slice(0, 8)}_`;
const brokers = (process.env['KAFKA_BROKERS'] ?? '127.0.0.1:9092').split(',');
const addresses: Addresses = { brokers, topicPrefix, environment: process.env };
const kafka = createKafka({ brokers, clientId: 'test' });

let workspace: string;

const run = (line: string) => runCommand(readCommand(line.split(' ')), addresses, workspace);

beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'messaging-tool-'));
  await createTopics(brokers, topicPrefix, [topic, users]);
  const event = makeEvent(definition, { id: 'evt_1', subject: 's', time: new Date(), data: { n: 1 } });
  const producer = new EventProducer(kafka);
  const value = JSON.stringify(event);
  const headers = {
    'dead-letter-service': 'courses',
    'dead-letter-attempts': '5',
    'dead-letter-error': 'Error: no\nsecond line',
    'dead-letter-failed-at': '2027-01-15T10:00:00.000Z',
  };
  await producer.sendBatch([
    { topic: topicPrefix + topic.name, messages: [{ key: 'a', value }] },
    { topic: `${topicPrefix}${topic.name}.dlq`, messages: [{ key: 'a', value, headers }] },
  ]);
  await producer.close();
});

afterAll(async () => {
  rmSync(workspace, { recursive: true });
  const admin = kafka.admin();
  await admin.connect();
  const names = [topic, users].map(({ name }) => topicPrefix + name);
  await admin.deleteTopics({ topics: names.flatMap((name) => [name, `${name}.dlq`]) });
  await admin.disconnect();
});

describe('the commands', () => {
  it('list what was given up, a line each, and whole as JSON', async () => {
    expect(await run('dlq list --topic test.seat.v1')).toEqual([
      '0  2027-01-15T10:00:00.000Z  courses  key a  5 tries  Error: no',
    ]);
    const [json = ''] = await run('dlq list --topic test.seat.v1 --json');
    expect(JSON.parse(json)).toMatchObject([{ key: 'a', error: 'Error: no\nsecond line' }]);
  });

  it('replay it once', async () => {
    expect(await run('dlq replay --topic test.seat.v1')).toEqual(['replayed 1']);
    expect(await run('dlq replay --topic test.seat.v1')).toEqual(['replayed 0']);
    expect(await run('dlq list --topic test.seat.v1')).toEqual(['no dead letters']);
  });

  it('replay a letter without a body from the topic, and say what became of the others', async () => {
    const name = topicPrefix + users.name;
    const letter = (key: string, offset: string) => ({
      key,
      value: null,
      headers: {
        'dead-letter-partition': '0',
        'dead-letter-offset': offset,
        'dead-letter-event-id': 'evt_u',
      },
    });
    const producer = new EventProducer(kafka);
    const messages = ['{"of":"a"}', '{"of":"b"}', '{"newer":"b"}'].map((value, at) => ({
      key: at === 0 ? 'usr_a' : 'usr_b',
      value,
    }));
    await producer.sendBatch([{ topic: name, messages }]);
    const letters = [letter('usr_a', '0'), letter('usr_b', '1'), letter('usr_gone', '7')];
    await producer.sendBatch([{ topic: `${name}.dlq`, messages: letters }]);
    await producer.close();
    expect(await run('dlq replay --topic gateway.user.v1')).toEqual([
      'replayed 1',
      'passed over 1: a later state of the same key was heard',
      'key usr_gone is no longer on the topic: its state comes with its next event',
    ]);
    expect(await run('dlq replay --topic gateway.user.v1')).toEqual(['replayed 0']);
  });

  it('refuse a topic that is not there', async () => {
    await expect(run('dlq list --topic no.such')).rejects.toThrow(`there is no topic ${topicPrefix}no.such`);
  });

  it('rebuild what a service offers, by its own code', async () => {
    const dist = join(workspace, 'apps', 'seats', 'dist');
    mkdirSync(dist, { recursive: true });
    writeFileSync(join(workspace, 'package.json'), '{"type":"module"}');
    writeFileSync(
      join(dist, 'projections.js'),
      `const schema = { safeParse: (data) => ({ success: true, data }) };
       const definitions = [{ type: '${type}', topic: '${topic.name}', source: '/x', schema }];
       export function openProjections(environment) {
         const apply = async (event) => { if (!environment || event.data.n !== 1) throw new Error('wrong'); };
         return { projections: [{ name: 'seats', definitions, apply }], close() {} };
       }`,
    );
    const [line = ''] = await run('rebuild --service seats --projection seats');
    expect(line).toMatch(/^seats seats: [12] events applied, 0 of other kinds$/);
    await expect(run('rebuild --service seats --projection rows')).rejects.toThrow(
      'no projection rows, but: seats',
    );
    await expect(run('rebuild --service nobody --projection rows')).rejects.toThrow(
      'nobody has no projections',
    );
  });
});

import { userTopic } from '@registrar/contracts-gateway';
import { createKafka, readTopic } from '@registrar/messaging';
import { stackBrokers, until } from '@registrar/testing';
import { expect, it } from 'vitest';
import { startGateway } from '../../testing/start-gateway.ts';

const { system } = await startGateway();

it('each start appends a record that closes segments to each partition, which nobody reads', async () => {
  const kafka = createKafka({ brokers: stackBrokers(), clientId: 'test-topic' });
  const topic = `${system.prefix}${userTopic.name}`;
  const admin = kafka.admin();
  await admin.connect();
  const ends = async () => (await admin.fetchTopicOffsets(topic)).map(({ high }) => Number(high));
  await until(async () => (await ends()).every((end) => end > 0));
  expect(await ends()).toHaveLength(userTopic.partitions);
  await admin.disconnect();
  await readTopic(kafka, topic, ({ value }) => {
    expect(value).not.toBeNull();
    return Promise.resolve();
  });
});

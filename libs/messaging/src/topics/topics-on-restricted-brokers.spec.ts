import { Logger } from '@nestjs/common';
import kafkajs from 'kafkajs';
import type { ITopicConfig } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { alterTopics } from './alter-topics.ts';
import { createAbsent } from './create-absent.ts';
import { topicsToCreate } from './topic-config.ts';

Logger.overrideLogger(false);

const { KafkaJSAggregateError, KafkaJSProtocolError } = kafkajs;
const refused = (type: string) =>
  new KafkaJSProtocolError(Object.assign(new Error(type), { type, code: 40 }));
const topics = topicsToCreate(
  [{ name: 'gateway.user.v1', partitions: 1, retention: 'unlimited', cleanup: 'compact' }],
  '',
);

describe('topics on brokers that allow little', () => {
  it('are made with retention and cleanup alone where other settings are refused', async () => {
    const made: ITopicConfig[][] = [];
    const admin = {
      createTopics: (asked: { topics: ITopicConfig[] }) => {
        made.push(asked.topics);
        const whole = new KafkaJSAggregateError('refused', [refused('INVALID_CONFIG')]);
        return made.length === 1 ? Promise.reject(whole) : Promise.resolve(true);
      },
    };
    await createAbsent(admin as never, topics);
    expect(made[1]?.[0]?.configEntries).toEqual([
      { name: 'cleanup.policy', value: 'compact' },
      { name: 'retention.ms', value: '-1' },
    ]);
  });

  it('are not made where something else is wrong', async () => {
    const admin = { createTopics: () => Promise.reject(refused('TOPIC_AUTHORIZATION_FAILED')) };
    await expect(createAbsent(admin as never, topics)).rejects.toThrow('TOPIC_AUTHORIZATION_FAILED');
  });

  it('stay as they are where they may not be altered', async () => {
    const admin = {
      describeConfigs: () => Promise.resolve({ resources: [] }),
      alterConfigs: () => Promise.reject(refused('TOPIC_AUTHORIZATION_FAILED')),
    };
    await expect(alterTopics(admin as never, topics)).resolves.toBeUndefined();
  });

  it('are asked about only where there are any, and altered only where they differ', async () => {
    let asked = 0;
    const configEntries = (topics[1]?.configEntries ?? []).map(({ name, value }) => ({
      configName: name,
      configValue: value,
      configSource: 5,
    }));
    const admin = {
      describeConfigs: () => {
        asked += 1;
        return Promise.resolve({ resources: [{ resourceName: topics[1]?.topic, configEntries }] });
      },
      alterConfigs: () => Promise.reject(new Error('nothing to alter')),
    };
    await alterTopics(admin as never, []);
    expect(asked).toBe(0);
    await alterTopics(admin as never, topics.slice(1));
    expect(asked).toBe(1);
  });
});

import { Logger } from '@nestjs/common';
import kafkajs from 'kafkajs';
import type { Admin, ITopicConfig } from 'kafkajs';

const { KafkaJSAggregateError, KafkaJSProtocolError } = kafkajs;
const logger = new Logger('topics');

/** What every cluster lets one say of a topic; serverless ones choose the rest themselves. */
const everywhere = ['cleanup.policy', 'retention.ms'];
const refusals = ['INVALID_CONFIG', 'POLICY_VIOLATION'];

/**
 * Makes topics, without waiting for their leaders. Where the brokers refuse a setting, the topics are made with retention
 * and cleanup alone, and the log says so: when replaced states go is up to the brokers then.
 */
export async function createAbsent(
  admin: Pick<Admin, 'createTopics'>,
  topics: ITopicConfig[],
): Promise<void> {
  try {
    await admin.createTopics({ topics, waitForLeaders: false });
  } catch (error) {
    if (!isRefusedSetting(error)) throw error;
    logger.warn(
      { err: error },
      'the brokers refuse settings of topics: made with retention and cleanup alone',
    );
    const plain = topics.map(({ configEntries = [], ...topic }) => ({
      ...topic,
      configEntries: configEntries.filter(({ name }) => everywhere.includes(name)),
    }));
    await admin.createTopics({ topics: plain, waitForLeaders: false });
  }
}

function isRefusedSetting(error: unknown): boolean {
  const all: unknown[] = error instanceof KafkaJSAggregateError ? error.errors : [error];
  return all.some((each) => each instanceof KafkaJSProtocolError && refusals.includes(each.type));
}

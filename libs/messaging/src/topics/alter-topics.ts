import { Logger } from '@nestjs/common';
import kafkajs from 'kafkajs';
import type { Admin, DescribeConfigResponse, ITopicConfig } from 'kafkajs';

const { ConfigResourceTypes, ConfigSource, KafkaJSError } = kafkajs;
const logger = new Logger('topics');

type Entries = Record<string, string>;

/**
 * Gives existing topics the settings that `topics` say, where they have others. Settings that somebody else made stay.
 *
 * Failure: a broker that does not allow it is logged and no more; the topics can be used as they are.
 */
export async function alterTopics(
  admin: Pick<Admin, 'describeConfigs' | 'alterConfigs'>,
  topics: ITopicConfig[],
): Promise<void> {
  if (topics.length === 0) return;
  try {
    const described = await admin.describeConfigs({
      includeSynonyms: false,
      resources: topics.map(({ topic }) => ({ type: ConfigResourceTypes.TOPIC, name: topic })),
    });
    const changed = topics.flatMap((topic) => changeOf(topic, described) ?? []);
    if (changed.length === 0) return;
    await admin.alterConfigs({ resources: changed, validateOnly: false });
    logger.log(
      { topics: changed.map(({ name }) => name) },
      'topics were given the retention of their definition',
    );
  } catch (error) {
    if (!(error instanceof KafkaJSError)) throw error;
    logger.warn({ err: error }, 'the retention of existing topics could not be brought up to date');
  }
}

/** The whole settings that a topic shall have, for what a request leaves out falls back to the broker's; undefined where it has them. */
function changeOf({ topic, configEntries = [] }: ITopicConfig, { resources }: DescribeConfigResponse) {
  const found = resources.find(({ resourceName }) => resourceName === topic)?.configEntries ?? [];
  const wanted: Entries = Object.fromEntries(configEntries.map(({ name, value }) => [name, value]));
  const now: Entries = Object.fromEntries(
    found.map(({ configName, configValue }) => [configName, configValue]),
  );
  if (Object.entries(wanted).every(([name, value]) => now[name] === value)) return undefined;
  const own = found.filter(({ configSource }) => configSource === ConfigSource.TOPIC_CONFIG);
  const kept: Entries = Object.fromEntries(
    own.map(({ configName, configValue }) => [configName, configValue]),
  );
  const entries = Object.entries({ ...kept, ...wanted }).map(([name, value]) => ({ name, value }));
  return { type: ConfigResourceTypes.TOPIC, name: topic, configEntries: entries };
}

import { createKafka } from '../kafka/create-kafka.ts';
import { deadLetterTopicOf } from '../topics/topic-definition.ts';

/** Removes topics (physical names) with their dead letters; one that a busy broker does not have yet stays. */
export async function deleteTopics(brokers: string[], topics: string[]): Promise<void> {
  const admin = createKafka({ brokers, clientId: 'test-end' }).admin();
  await admin.connect();
  try {
    await admin.deleteTopics({ topics: topics.flatMap((topic) => [topic, deadLetterTopicOf(topic)]) });
  } catch (error) {
    if (!(error instanceof Error && 'type' in error && error.type === 'UNKNOWN_TOPIC_OR_PARTITION'))
      throw error;
  } finally {
    await admin.disconnect();
  }
}

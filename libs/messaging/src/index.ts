export * from './events/cloud-event.ts';
export * from './events/event-definition.ts';
export * from './events/read-event.ts';
export { createKafka } from './kafka/create-kafka.ts';
export { EventProducer } from './kafka/event-producer.ts';
export { OutboxRelay } from './outbox/outbox-relay.ts';
export { aggregateOf, outboxAction, outboxEntry, type OutboxEntry } from './outbox/outbox-entry.ts';
export { createTopics } from './topics/create-topics.ts';
export { SegmentRoll } from './topics/segment-roll.ts';
export { topicsToCreate } from './topics/topic-config.ts';
export { deadLetterRetentionMs, deadLetterTopicOf, type TopicDefinition } from './topics/topic-definition.ts';
export { deadLetterHeaders } from './consumers/dead-letter.ts';
export { ConsumerPulse } from './consumers/consumer-pulse.ts';
export { InstanceEvent, ServiceEvent } from './consumers/event.decorators.ts';
export { RetryLater } from './consumers/retry-later.ts';
export { connectConsumers, MessagingModule, OutboxModule } from './messaging.module.ts';
export { versionGuard } from './version-guard/version-guard.ts';
export { listDeadLetters, replayDeadLetters, type ListedDeadLetter } from './replay/dead-letters.ts';
export { replayOriginals, type OriginalsReplay } from './replay/replay-originals.ts';
export { readTopic, type ReadOptions } from './replay/read-topic.ts';
export {
  projection,
  rebuildProjection,
  type OpenProjections,
  type Projection,
} from './replay/rebuild-projection.ts';

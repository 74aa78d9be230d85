export * from './events/cloud-event.ts';
export * from './events/event-definition.ts';
export * from './events/read-event.ts';
export { createKafka, type KafkaOptions, type KafkaSecurity } from './kafka/create-kafka.ts';
export { EventProducer, type BatchProducer, type ConnectionState } from './kafka/event-producer.ts';
export { OutboxRelay, type RelayOptions } from './outbox/outbox-relay.ts';
export { OutboxStore } from './outbox/outbox-store.ts';
export { OutboxSweeper, type SweeperOptions } from './outbox/outbox-sweeper.ts';
export {
  aggregateOf,
  outboxAction,
  outboxEntry,
  outboxTable,
  type OutboxEntry,
  type Publication,
} from './outbox/outbox-entry.ts';
export { createTopics, topicsToCreate } from './topics/create-topics.ts';
export { deadLetterTopicOf, type TopicDefinition } from './topics/topic-definition.ts';
export { deadLetterHeaders, replayForHeader } from './consumers/dead-letter.ts';
export { ConsumerPulse } from './consumers/consumer-pulse.ts';
export { EventConsumer, type ConsumerOptions } from './consumers/event-consumer.strategy.ts';
export { EventContext, type EventPlace } from './consumers/event-context.ts';
export {
  InstanceEvent,
  instanceEvents,
  ServiceEvent,
  serviceEvents,
  type HandlerOptions,
} from './consumers/event.decorators.ts';
export { RetryLater } from './consumers/retry-later.ts';
export {
  connectConsumers,
  MessagingModule,
  OutboxModule,
  type MessagingModuleOptions,
} from './messaging.module.ts';
export { versionGuard, type VersionGuard } from './version-guard/version-guard.ts';
export { listDeadLetters, replayDeadLetters, type ListedDeadLetter } from './replay/dead-letters.ts';
export { readTopic, type ReadOptions, type TopicMessage } from './replay/read-topic.ts';
export {
  projection,
  rebuildProjection,
  replayFromStart,
  type OpenProjections,
  type Projection,
  type ReplayResult,
} from './replay/rebuild-projection.ts';

import { Inject, Module } from '@nestjs/common';
import type {
  DynamicModule,
  INestApplication,
  OnApplicationBootstrap,
  OnApplicationShutdown,
} from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import { HealthRegistry, type ServiceConfig } from '@registrar/service';
import type { Kafka } from 'kafkajs';
import { ConsumerPulse } from './consumers/consumer-pulse.ts';
import { EventConsumer, type ConsumerOptions } from './consumers/event-consumer.strategy.ts';
import { createKafka, type KafkaSecurity } from './kafka/create-kafka.ts';
import { EventProducer } from './kafka/event-producer.ts';
import { OutboxRelay } from './outbox/outbox-relay.ts';
import { OutboxStore } from './outbox/outbox-store.ts';
import { OutboxSweeper } from './outbox/outbox-sweeper.ts';
import { SegmentRoll } from './topics/segment-roll.ts';
import type { TopicDefinition } from './topics/topic-definition.ts';

/** What a service says of its messaging. */
interface MessagingModuleOptions {
  /** The service's name, also that of its consumer group. */
  service: string;
  config: Pick<ServiceConfig, 'KAFKA_BROKERS' | 'TOPIC_PREFIX' | 'INSTANCE_ID'> & KafkaSecurity;
  /** Topics of all contracts that the service publishes to or consumes. */
  topics: readonly TopicDefinition[];
}

const optionsToken = Symbol('messaging options');

/** For services that consume events and publish none. Provides `ConsumerPulse`. */
@Module({})
export class MessagingModule {
  static forRoot(options: MessagingModuleOptions): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      providers: [ConsumerPulse, { provide: optionsToken, useValue: options }],
      exports: [ConsumerPulse, optionsToken],
    };
  }
}

/**
 * For services that publish: provides `OutboxRelay`, and runs it and the sweeper; keeps the segments of its compacted
 * topics rolling.
 *
 * Needs `MessagingModule`, `DynamoModule`, and the outbox table among the service's tables.
 */
@Module({})
export class OutboxModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
    @Inject(OutboxSweeper) private readonly sweeper: OutboxSweeper,
    @Inject(SegmentRoll) private readonly segments: SegmentRoll,
    @Inject(EventProducer) private readonly producer: EventProducer,
    @Inject(HealthRegistry) private readonly health: HealthRegistry,
  ) {}

  /** @param published topics of the service; needed where one of them is compacted */
  static forRoot(published: readonly TopicDefinition[] = []): DynamicModule {
    const compacted = published.filter(({ cleanup }) => cleanup === 'compact').map(({ name }) => name);
    return {
      module: OutboxModule,
      global: true,
      providers: [
        { provide: OutboxStore, inject: [Dynamo], useFactory: (dynamo: Dynamo) => new OutboxStore(dynamo) },
        { provide: EventProducer, inject: [optionsToken], useFactory: createProducer },
        { provide: OutboxRelay, inject: [OutboxStore, EventProducer, optionsToken], useFactory: createRelay },
        {
          provide: OutboxSweeper,
          inject: [OutboxStore, OutboxRelay],
          useFactory: (store: OutboxStore, relay: OutboxRelay) => new OutboxSweeper(store, relay),
        },
        {
          provide: SegmentRoll,
          inject: [EventProducer, optionsToken],
          useFactory: (producer: EventProducer, options: MessagingModuleOptions) => {
            const topics = compacted.map((topic) => options.config.TOPIC_PREFIX + topic);
            return new SegmentRoll(kafkaOf(options), producer, topics);
          },
        },
      ],
      exports: [OutboxRelay],
    };
  }

  onApplicationBootstrap(): void {
    this.health.register('kafka-relay', 'at-start', () => ({ state: this.relay.state }));
    this.producer.keepConnected();
    this.sweeper.start();
    this.segments.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.segments.stop();
    await this.sweeper.stop();
    await this.relay.close();
  }
}

/**
 * Starts the consumers of a hybrid application: call it before `listen`.
 *
 * Returns when the handlers are bound; Kafka is connected in the background. Rejects when a handler stands on a
 * topic that no contract declares.
 */
export async function connectConsumers(app: INestApplication): Promise<void> {
  const { service, config, topics } = app.get<MessagingModuleOptions>(optionsToken, { strict: false });
  const health = app.get(HealthRegistry, { strict: false });
  const common: Omit<ConsumerOptions, 'kind'> = {
    service,
    topics,
    instanceId: config.INSTANCE_ID,
    brokers: config.KAFKA_BROKERS,
    security: config,
    topicPrefix: config.TOPIC_PREFIX,
  };
  for (const kind of ['service', 'instance'] as const) {
    const strategy = new EventConsumer({ ...common, kind });
    app.connectMicroservice({ strategy });
    if (kind === 'instance') app.get(ConsumerPulse, { strict: false }).follow(strategy);
    health.register(`kafka-${kind}-events`, 'at-start', () => ({ state: strategy.state }));
  }
  await app.startAllMicroservices();
}

function createProducer(options: MessagingModuleOptions): EventProducer {
  return new EventProducer(kafkaOf(options));
}

function kafkaOf({ service, config }: MessagingModuleOptions): Kafka {
  const clientId = `${service}-${config.INSTANCE_ID}`;
  return createKafka({ brokers: config.KAFKA_BROKERS, clientId, security: config });
}

function createRelay(
  store: OutboxStore,
  producer: EventProducer,
  { config }: MessagingModuleOptions,
): OutboxRelay {
  return new OutboxRelay(store, producer, { topicPrefix: config.TOPIC_PREFIX });
}

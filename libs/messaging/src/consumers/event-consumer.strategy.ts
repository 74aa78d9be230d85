import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import type { Consumer, ISocketFactory } from 'kafkajs';
import { isObservable, lastValueFrom } from 'rxjs';
import { createKafka, type KafkaSecurity } from '../kafka/create-kafka.ts';
import { EventProducer, type ConnectionState } from '../kafka/event-producer.ts';
import type { TopicDefinition } from '../topics/topic-definition.ts';
import { BatchRunner } from './batch-runner.ts';
import { ConsumerSession } from './consumer-session.ts';
import { instanceEvents, serviceEvents, type HandlerExtras } from './event.decorators.ts';
import { EventHandlers } from './event-handlers.ts';
import { MessageHandling } from './message-handling.ts';
import { Positions } from './positions.ts';

/** Who consumes. */
export interface ConsumerOptions {
  /** `service`: one group for all instances. `instance`: a group for this one alone. */
  kind: 'service' | 'instance';
  service: string;
  instanceId: string;
  brokers: string[];
  security?: KafkaSecurity;
  topicPrefix: string;
  /** Every topic that the contracts declare; a handler of another one stops the start. */
  topics: readonly TopicDefinition[];
  /** Makes the connections, where they take another way than straight to the broker. */
  socketFactory?: ISocketFactory;
}

/**
 * Nest's transport for events: brings what is on Kafka to the methods under `@ServiceEvent` or `@InstanceEvent`.
 *
 * Guarantee: an offset is committed only after its handlers resolved or its dead letter was acknowledged.
 * Failure: a Kafka that is away delays events, and never stops HTTP; see `state`.
 */
export class EventConsumer extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  private readonly handlers = new EventHandlers();
  private session: ConsumerSession | undefined;
  private deadLetters: EventProducer | undefined;

  constructor(private readonly options: ConsumerOptions) {
    super();
    this.transportId = options.kind === 'service' ? serviceEvents : instanceEvents;
  }

  /** `up` also where there is nothing to consume. */
  get state(): ConnectionState {
    return this.session?.state ?? (this.handlers.isEmpty ? 'up' : 'connecting');
  }

  /** When Kafka last answered, by the steady clock, ms: how far what was heard may be behind. */
  get lastPollAt(): number | undefined {
    return this.session?.lastPollAt;
  }

  override addHandler(
    pattern: unknown,
    callback: MessageHandler,
    isEventHandler = false,
    extras: Record<string, unknown> = {},
  ): void {
    if (typeof pattern !== 'string' || !isEventHandler || !isHandlerExtras(extras)) {
      throw new Error(`${String(pattern)}: event handlers are declared by @ServiceEvent or @InstanceEvent`);
    }
    this.handlers.addHandler(pattern, (event, context) => awaitResult(callback(event, context)), extras);
  }

  listen(callback: (error?: unknown) => void): void {
    try {
      this.handlers.refuseUnknownTopics(this.options.topics);
      if (!this.handlers.isEmpty) this.start();
    } catch (error) {
      callback(error);
      return;
    }
    callback();
  }

  async close(): Promise<void> {
    await this.session?.stop();
    await this.deadLetters?.close();
  }

  on(): never {
    throw new Error('events are handled by @ServiceEvent and @InstanceEvent');
  }

  unwrap<T = Consumer | undefined>(): T {
    return this.session?.client as T;
  }

  private start(): void {
    const { kind, service, instanceId, topicPrefix } = this.options;
    const { brokers, security, socketFactory } = this.options;
    const clientId = `${service}-${instanceId}`;
    const kafka = createKafka({ brokers, clientId, security, socketFactory });
    const groupId = topicPrefix + (kind === 'service' ? service : `${service}-${instanceId}`);
    const positions = kind === 'instance' ? new Positions() : undefined;
    this.deadLetters = kind === 'service' ? new EventProducer(kafka) : undefined;
    const personal = this.options.topics.filter((topic) => topic.personal).map(({ name }) => name);
    const handling = new MessageHandling(this.handlers, {
      service,
      groupId,
      deadLetters: this.deadLetters,
      personalTopics: new Set(personal),
    });
    const runner = new BatchRunner(this.handlers, handling, {
      topicPrefix,
      group: kind,
      moved: (topic, partition, next) => positions?.moved(topic, partition, next),
    });
    const topics = this.handlers.topics;
    const partitions = this.options.topics.filter(({ name }) => topics.includes(name));
    this.session = new ConsumerSession(kafka, runner, {
      groupId,
      topics: topics.map((topic) => topicPrefix + topic),
      partitionsAtOnce: partitions.reduce((sum, { partitions: count }) => sum + count, 0),
      positions,
    });
    this.session.start();
  }
}

function isHandlerExtras(extras: object): extras is HandlerExtras {
  return 'definitions' in extras && 'options' in extras;
}

/** A handler comes to an end when the stream that Nest makes of its promise does. */
async function awaitResult(result: unknown): Promise<void> {
  const value = await result;
  if (isObservable(value)) await lastValueFrom(value, { defaultValue: undefined });
}

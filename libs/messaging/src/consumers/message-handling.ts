import { Logger } from '@nestjs/common';
import { SpanKind, continueTrace, inSpan } from '@registrar/service';
import type { KafkaMessage } from 'kafkajs';
import type { CloudEvent } from '../events/cloud-event.ts';
import type { ReadEvent } from '../events/read-event.ts';
import type { BatchProducer } from '../kafka/event-producer.ts';
import { traceparentHeader } from '../outbox/publish-batch.ts';
import { isRoll } from '../topics/topic-definition.ts';
import { consumedEvents, eventAgeSeconds, handlerSeconds } from './consumer.metrics.ts';
import { deadLetterMessage, headerText, replayForHeader } from './dead-letter.ts';
import { EventContext } from './event-context.ts';
import type { EventHandlers } from './event-handlers.ts';
import type { Tries } from './partition-progress.ts';
import { isInfrastructureFault, maxFailures, retryDelayMs } from './retry.rules.ts';

/** A message of a batch, read. */
export interface Incoming {
  message: KafkaMessage;
  read: ReadEvent;
  /** Physical topic. */
  topic: string;
  /** The same without the prefix. */
  logicalTopic: string;
  partition: number;
}

/** What became of a message: it needs no more work, or another try after a while. */
export type Outcome = { settled: true } | { settled: false; retryMs: number; infrastructure: boolean };

/** Whose messages are handled, and how. */
interface GroupSettings {
  service: string;
  groupId: string;
  /** Where events go that cannot be handled; without it they are logged and left. */
  deadLetters: BatchProducer | undefined;
  /** Logical names of topics whose events can hold personal data: a dead letter has no body, a fault no words. */
  personalTopics?: ReadonlySet<string>;
}

const settled: Outcome = { settled: true };

/** Brings one message to its handlers and decides what a failure means for it. */
export class MessageHandling {
  private readonly logger = new Logger(MessageHandling.name);

  constructor(
    private readonly handlers: EventHandlers,
    private readonly group: GroupSettings,
  ) {
    // A counter that begins with its first loss hides that one from every rate.
    const outcome = group.deadLetters ? 'dead_lettered' : 'dropped';
    for (const topic of handlers.topics) consumedEvents.inc({ group: this.kind, topic, outcome }, 0);
  }

  private get kind(): 'service' | 'instance' {
    return this.group.deadLetters ? 'service' : 'instance';
  }

  /** Never rejects. @param tries those before this one */
  async handle(incoming: Incoming, tries: Tries, heartbeat: () => Promise<void>): Promise<Outcome> {
    const { read } = incoming;
    if (read.kind === 'other' || isRoll(incoming.message.key) || this.isForOthers(incoming.message))
      return this.complete(incoming, 'skipped');
    if (read.kind === 'malformed') return this.giveUp(incoming, tries, read.reason);
    const stop = handlerSeconds.startTimer(this.labels(incoming));
    try {
      await this.run(incoming, read.event, contextOf(incoming, tries.made + 1, heartbeat));
    } catch (error) {
      return await this.failed(incoming, tries, error);
    } finally {
      stop();
    }
    const age = Date.now() - Date.parse(read.event.time);
    eventAgeSeconds.observe(this.labels(incoming), Math.max(0, age) / 1_000);
    return this.complete(incoming, 'handled');
  }

  /** In the trace of the request that caused the event: under its sending, where that was recorded. */
  private run(incoming: Incoming, event: CloudEvent, context: EventContext): Promise<void> {
    const sending = headerText(incoming.message.headers, traceparentHeader);
    const facts = () => ({
      name: `process ${incoming.logicalTopic}`,
      kind: SpanKind.CONSUMER,
      attributes: {
        'messaging.system': 'kafka',
        'messaging.destination.name': incoming.logicalTopic,
        'messaging.message.id': event.id,
        'messaging.consumer.group.name': this.group.groupId,
        'cloudevents.event_type': event.type,
      },
    });
    return inSpan(continueTrace(sending ?? event.traceparent), facts, () =>
      this.handlers.handle(event, context),
    );
  }

  /** An outage is no fault of the event: it is waited for without end, and brings no dead letter nearer. */
  private async failed(incoming: Incoming, tries: Tries, error: unknown): Promise<Outcome> {
    const infrastructure = isInfrastructureFault(error);
    const attempt = tries.made + 1;
    this.logger.warn({ err: error, attempt, infrastructure, ...place(incoming) }, 'a handler failed');
    if (infrastructure || tries.failures + 1 < maxFailures)
      return this.retry(incoming, tries, infrastructure);
    return this.giveUp(incoming, tries, this.faultOf(incoming, error));
  }

  private async giveUp(incoming: Incoming, tries: Tries, error: string): Promise<Outcome> {
    const attempts = tries.made + 1;
    this.logger.error({ reason: error, attempts, ...place(incoming) }, 'an event is given up');
    if (!this.group.deadLetters) return this.complete(incoming, 'dropped');
    const { service } = this.group;
    const { topic, partition, message } = incoming;
    const failedAt = new Date();
    try {
      const personal = this.isPersonal(incoming) ? { eventId: eventIdOf(incoming.read) } : undefined;
      const letter = { service, topic, partition, message, error, attempts, failedAt, personal };
      await this.group.deadLetters.sendBatch([deadLetterMessage(letter)]);
      return this.complete(incoming, 'dead_lettered');
    } catch (refused) {
      this.logger.warn({ err: refused, ...place(incoming) }, 'no dead letter taken');
      return this.retry(incoming, tries, true);
    }
  }

  /** What an error says may be what it was given. */
  private faultOf(incoming: Incoming, error: unknown): string {
    if (!(error instanceof Error)) return 'unknown';
    return this.isPersonal(incoming) ? error.name : `${error.name}: ${error.message}`;
  }

  private isPersonal({ logicalTopic }: Incoming): boolean {
    return this.group.personalTopics?.has(logicalTopic) ?? false;
  }

  private isForOthers(message: KafkaMessage): boolean {
    const service = headerText(message.headers, replayForHeader);
    return service !== undefined && (service !== this.group.service || !this.group.deadLetters);
  }

  private retry(incoming: Incoming, tries: Tries, infrastructure: boolean): Outcome {
    const ofItsKind = infrastructure ? tries.outages : tries.failures;
    consumedEvents.inc({ ...this.labels(incoming), outcome: 'retried' });
    return {
      settled: false,
      infrastructure,
      retryMs: retryDelayMs(ofItsKind + 1, infrastructure, Math.random()),
    };
  }

  private complete(incoming: Incoming, outcome: string): Outcome {
    consumedEvents.inc({ ...this.labels(incoming), outcome });
    return settled;
  }

  private labels({ logicalTopic }: Incoming): { group: string; topic: string } {
    return { group: this.kind, topic: logicalTopic };
  }
}

function contextOf(incoming: Incoming, attempt: number, heartbeat: () => Promise<void>): EventContext {
  const { message, logicalTopic: topic, partition } = incoming;
  const key = message.key?.toString() ?? '';
  return new EventContext({
    topic,
    partition,
    offset: message.offset,
    key,
    headers: message.headers ?? {},
    attempt,
    heartbeat,
  });
}

function place({ topic, partition, message }: Incoming) {
  return { topic, partition, offset: message.offset };
}

function eventIdOf(read: ReadEvent): string | undefined {
  if (read.kind === 'event') return read.event.id;
  return read.kind === 'malformed' ? read.id : undefined;
}

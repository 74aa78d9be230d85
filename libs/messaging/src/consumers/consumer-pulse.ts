import type { EventConsumer } from './event-consumer.strategy.ts';

/** Shows whether this instance receives events, for readers that must poll where events are late. */
export class ConsumerPulse {
  private consumer: Pick<EventConsumer, 'lastPollAt'> | undefined;

  /** The consumer of the events that every instance receives. */
  follow(consumer: Pick<EventConsumer, 'lastPollAt'>): void {
    this.consumer = consumer;
  }

  /** When Kafka last answered it, by the steady clock (`steadyNow`), ms; undefined before the first time. */
  get lastPollAt(): number | undefined {
    return this.consumer?.lastPollAt;
  }
}

import type { EventConsumer } from './event-consumer.strategy.ts';

/** Tells how well this instance hears: for what must be asked for where events are late. */
export class ConsumerPulse {
  private consumer: Pick<EventConsumer, 'lastPollAt'> | undefined;

  /** The consumer of the events that every instance hears. */
  follow(consumer: Pick<EventConsumer, 'lastPollAt'>): void {
    this.consumer = consumer;
  }

  /** When Kafka last answered it, by the steady clock (`steadyNow`), ms; undefined before the first time. */
  get lastPollAt(): number | undefined {
    return this.consumer?.lastPollAt;
  }
}

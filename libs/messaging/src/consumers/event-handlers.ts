import type { EventDefinition } from '../events/event-definition.ts';
import type { CloudEvent } from '../events/cloud-event.ts';
import type { TopicDefinition } from '../topics/topic-definition.ts';
import type { EventContext } from './event-context.ts';
import { isInfrastructureFault } from './retry.rules.ts';
import type { HandlerExtras, HandlerOptions } from './event.decorators.ts';

type Callback = (event: CloudEvent, context: EventContext) => Promise<void>;

interface Registered {
  definition: EventDefinition;
  callbacks: Callback[];
  options: HandlerOptions;
}

/** Which handlers a transport has, by event type. */
export class EventHandlers {
  private readonly byType = new Map<string, Registered>();

  /** Adds one handler of the events of `type`. */
  addHandler(type: string, callback: Callback, { definitions, options }: HandlerExtras): void {
    const definition = definitions.find((each) => each.type === type);
    if (!definition) throw new Error(`the handler of ${type} does not carry its definition`);
    const known = this.byType.get(type);
    if (known) known.callbacks.push(callback);
    else this.byType.set(type, { definition, callbacks: [callback], options });
  }

  get isEmpty(): boolean {
    return this.byType.size === 0;
  }

  /** Logical topics that have a handler. */
  get topics(): string[] {
    return [...new Set([...this.byType.values()].map(({ definition }) => definition.topic))];
  }

  /** What is handled of `topic`, by type. */
  definitionsOf(topic: string): Map<string, EventDefinition> {
    const handled = [...this.byType.values()].map(({ definition }) => definition);
    return new Map(handled.filter((each) => each.topic === topic).map((each) => [each.type, each]));
  }

  /** How many events of `topic` are handled at a time. */
  concurrencyOf(topic: string): number {
    const handled = [...this.byType.values()].filter(({ definition }) => definition.topic === topic);
    return Math.max(1, ...handled.map(({ options }) => options.concurrency ?? 1));
  }

  /** What must stay in order with `event`. */
  concurrencyKeyOf(event: CloudEvent, key: string): string {
    return this.byType.get(event.type)?.options.concurrencyKey?.(event) ?? key;
  }

  /**
   * Runs every handler of the event; rejects after all have ended. An outage goes before a failure: while one
   * handler's store is away, the failures of another must not bring the event to its dead letter.
   */
  async handle(event: CloudEvent, context: EventContext): Promise<void> {
    const callbacks = this.byType.get(event.type)?.callbacks ?? [];
    const results = await Promise.allSettled(callbacks.map((callback) => callback(event, context)));
    const failed = results.filter((result) => result.status === 'rejected');
    const first = failed.find(({ reason }) => isInfrastructureFault(reason)) ?? failed[0];
    if (first) throw first.reason;
  }

  /** Throws an Error that names every handler whose topic no contract declares. */
  refuseUnknownTopics(topics: readonly TopicDefinition[]): void {
    const declared = new Set(topics.map(({ name }) => name));
    const lost = [...this.byType.values()]
      .filter(({ definition }) => !declared.has(definition.topic))
      .map(({ definition }) => `${definition.type} (${definition.topic})`);
    if (lost.length > 0)
      throw new Error(`events handled on topics that no contract declares: ${lost.join(', ')}`);
  }
}

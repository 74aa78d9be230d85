import { UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { CloudEvent } from '../events/cloud-event.ts';
import type { DataOf, EventDefinition, EventDefinitions } from '../events/event-definition.ts';
import type { EventContext } from './event-context.ts';
import { RethrowFilter } from './rethrow.filter.ts';

/** Transport of handlers that do a piece of work once per service. */
export const serviceEvents = Symbol('service events');

/** Transport of handlers that every instance runs for itself. */
export const instanceEvents = Symbol('instance events');

/** How a handler wants its events. */
export interface HandlerOptions<T = unknown> {
  /**
   * Events handled at a time, of different concurrency keys; 1. Events of one key stay in order. A topic with several
   * handlers takes the largest.
   */
  concurrency?: number;
  /** What must stay in order; the Kafka key when left out. */
  concurrencyKey?(event: CloudEvent<T>): string;
}

/** What a decorated handler leaves for the transport. */
export interface HandlerExtras {
  definitions: readonly EventDefinition[];
  options: HandlerOptions;
}

type DefinitionOf<D extends EventDefinitions> = D extends readonly (infer One)[] ? One : D;
type Handler<T> = (event: CloudEvent<T>, context: EventContext) => Promise<void>;
type HandlerDecorator<T> = <H extends Handler<T>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<H>,
) => void;

/**
 * The method handles these events once per service: one group for all instances, from the first event on, an
 * offset committed only after the method resolved or the event is dead-lettered.
 *
 * Deliveries repeat: the method must recognise a duplicate by `event.id` or guard its state by a sequence or version.
 * When it throws, the event is tried again with growing waits, five times in about ten seconds, then
 * dead-lettered; RetryLater and infrastructure faults are tried without end. Only the partition waits.
 */
export function ServiceEvent<const D extends EventDefinitions>(
  definitions: D,
  options: HandlerOptions<DataOf<DefinitionOf<D>>> = {},
): HandlerDecorator<DataOf<DefinitionOf<D>>> {
  return handlerOf(serviceEvents, definitions, options);
}

/**
 * The method handles these events on every instance: from shortly before the start of the instance on, without
 * commits, through every reconnection without a gap.
 *
 * For what each process keeps in memory: cached entries, counts, streams. When it throws, the event is tried
 * again like one of `ServiceEvent`, then logged and left.
 */
export function InstanceEvent<const D extends EventDefinitions>(
  definitions: D,
  options: HandlerOptions<DataOf<DefinitionOf<D>>> = {},
): HandlerDecorator<DataOf<DefinitionOf<D>>> {
  return handlerOf(instanceEvents, definitions, options);
}

function handlerOf<T>(
  transport: symbol,
  definitions: EventDefinitions,
  options: HandlerOptions<T>,
): HandlerDecorator<T> {
  const all = [definitions].flat();
  const extras = { definitions: all, options };
  return (target, key, descriptor) => {
    EventPattern(
      all.map(({ type }) => type),
      transport,
      extras,
    )(target, key, descriptor);
    UseFilters(RethrowFilter)(target, key, descriptor);
    // So that handlers take (event, context) without decorating each parameter.
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
  };
}

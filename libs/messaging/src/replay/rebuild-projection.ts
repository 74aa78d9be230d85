import type { Kafka } from 'kafkajs';
import type { CloudEvent } from '../events/cloud-event.ts';
import type { DataOf, EventDefinition, EventDefinitions } from '../events/event-definition.ts';
import { readEvent } from '../events/read-event.ts';
import { readTopic } from '../replay/read-topic.ts';

type DefinitionOf<D extends EventDefinitions> = D extends readonly (infer One)[] ? One : D;

/** A state that a service keeps from events, as far as a rebuild needs it. */
export interface Projection {
  /** What a person calls it, such as `offerings`. */
  readonly name: string;
  readonly definitions: readonly EventDefinition[];
  /** Applies one event; fenced, for the service's own consumer may apply newer ones at the same time. */
  readonly apply: (event: CloudEvent) => Promise<void>;
}

/** A projection with its types checked against its events. */
export function projection<const D extends EventDefinitions>(
  name: string,
  definitions: D,
  apply: (event: CloudEvent<DataOf<DefinitionOf<D>>>) => Promise<void>,
): Projection {
  return {
    name,
    definitions: [definitions].flat(),
    // `readEvent` has checked the data against the schema of one of `definitions`.
    apply: (event) => apply(event as CloudEvent<DataOf<DefinitionOf<D>>>),
  };
}

/** What a replay came to. */
interface ReplayResult {
  applied: number;
  /** Events of other types, and what is no event. */
  skipped: number;
}

/**
 * Gives every event of a topic to `apply`, from offset 0 to where the topic ends now, each key in order.
 *
 * @param topic physical name; its retention must be unlimited, or the result is not whole
 * @throws the first error of `apply`
 */
async function replayFromStart(
  kafka: Kafka,
  topic: string,
  definitions: readonly EventDefinition[],
  apply: (event: CloudEvent) => Promise<void>,
): Promise<ReplayResult> {
  const byType = new Map(definitions.map((definition) => [definition.type, definition]));
  const result: ReplayResult = { applied: 0, skipped: 0 };
  await readTopic(kafka, topic, async ({ value }) => {
    const read = readEvent(value, byType);
    if (read.kind === 'event') {
      await apply(read.event);
      result.applied += 1;
    } else {
      result.skipped += 1;
    }
  });
  return result;
}

/**
 * Builds a projection from all that was ever published: into an emptied table it gives the state of today, over a
 * kept one it repairs what is older than the events. The service may go on running.
 */
export async function rebuildProjection(
  kafka: Kafka,
  topicPrefix: string,
  { definitions, apply }: Projection,
): Promise<ReplayResult> {
  const total: ReplayResult = { applied: 0, skipped: 0 };
  for (const topic of new Set(definitions.map((definition) => definition.topic))) {
    const own = definitions.filter((definition) => definition.topic === topic);
    const { applied, skipped } = await replayFromStart(kafka, topicPrefix + topic, own, apply);
    total.applied += applied;
    total.skipped += skipped;
  }
  return total;
}

/** What a service's `projections` module opens for the `rebuild` command. */
export interface OpenProjections {
  readonly projections: readonly Projection[];
  close(): Promise<void> | void;
}

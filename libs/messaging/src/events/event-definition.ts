import type { z } from 'zod';

/** One kind of event: where it is published and what its data look like. Contracts export these as plain data. */
export interface EventDefinition<T = unknown> {
  /** `registrar.<service>.<entity>.<past tense>`. */
  readonly type: string;
  /** Logical topic, without the prefix of the environment. */
  readonly topic: string;
  /** Who publishes it, as a URI reference such as `/registrar/courses`. */
  readonly source: string;
  readonly schema: z.ZodType<T>;
}

/** The data that events of a definition carry. */
export type DataOf<Definition> = Definition extends { schema: z.ZodType<infer T> } ? T : never;

/** Several definitions at once, for handlers that take more than one type. */
export type EventDefinitions = EventDefinition | readonly EventDefinition[];

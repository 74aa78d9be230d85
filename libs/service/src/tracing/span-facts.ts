import type { SpanOptions } from '@opentelemetry/api';

/**
 * A span at its beginning. Names and attributes follow OpenTelemetry's semantic conventions; values are numbers and
 * short words of a bounded vocabulary, never a person's data.
 */
export interface SpanFacts extends SpanOptions {
  /** What is done, of few different values: a route, never a path. */
  name: string;
}

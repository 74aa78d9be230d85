import { childOf, currentTrace, runInTrace } from './trace-context.ts';
import type { Trace } from './trace-context.ts';

/** What a span says of its work: numbers and short words of a bounded vocabulary, never a person's data. */
export type SpanAttributes = Record<string, string | number | boolean>;

/** A span at its beginning. Names and attributes follow OpenTelemetry's semantic conventions. */
export interface SpanFacts {
  /** What is done, of few different values: a route, never a path. */
  name: string;
  kind: 'server' | 'client' | 'producer' | 'consumer' | 'internal';
  attributes?: SpanAttributes;
}

/** How a span ended. */
export interface SpanOutcome {
  /** The name, where it was not known at the beginning. */
  name?: string;
  attributes?: SpanAttributes;
  /** Why the work failed; a word or the error. */
  error?: unknown;
}

/** A span under way. */
export interface OpenSpan {
  /** Ends it; further calls do nothing. */
  end(outcome?: SpanOutcome): void;
}

/** Where spans go. */
export interface SpanRecorder {
  /** Begins the span that `trace` is: with its id, under its parent. */
  begin(trace: Trace, facts: SpanFacts): OpenSpan;
  /** Hands on what is left, within two seconds. */
  close(): Promise<void>;
}

let current: SpanRecorder | undefined;

/**
 * The recorder of this process; undefined where nothing is recorded, which is the usual case.
 *
 * Whoever makes a span asks this first and does nothing else without it, so that tracing that is off costs one
 * look at a variable.
 */
export function spanRecorder(): SpanRecorder | undefined {
  return current;
}

/** Sets the recorder of this process, or takes it away. */
export function recordSpansWith(recorder: SpanRecorder | undefined): void {
  current = recorder;
}

/** Runs `work` as a span of `trace`, and under it. Without a recorder only the latter. */
export async function inSpan<T>(trace: Trace, facts: () => SpanFacts, work: () => Promise<T>): Promise<T> {
  if (!current) return runInTrace(trace, work);
  const span = current.begin(trace, facts());
  try {
    const result = await runInTrace(trace, work);
    span.end();
    return result;
  } catch (error) {
    span.end({ error });
    throw error;
  }
}

/** A call to somebody else under way: what to send with it, and how to say that it is over. */
export interface CallSpan extends OpenSpan {
  /** The part of the trace that the callee continues. */
  trace: Trace;
}

/** Begins a call under `parent`, or under what runs now; undefined where nothing is recorded. */
export function beginCall(facts: () => SpanFacts, parent?: Trace): CallSpan | undefined {
  if (!current) return undefined;
  const caller = parent ?? currentTrace();
  if (!caller) return undefined;
  const trace = childOf(caller);
  const span = current.begin(trace, facts());
  return { trace, end: (outcome) => span.end(outcome) };
}

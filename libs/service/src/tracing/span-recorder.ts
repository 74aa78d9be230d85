import { SpanStatusCode } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/api';
import type { OtlpRecorder } from './otlp-recorder.ts';
import type { SpanFacts } from './span-facts.ts';
import { childOf, currentTrace, runInTrace } from './trace-context.ts';
import type { Trace } from './trace-context.ts';

export { SpanKind } from '@opentelemetry/api';
export type { Span } from '@opentelemetry/api';

let current: OtlpRecorder | undefined;

/**
 * The recorder of this process; undefined where nothing is recorded, which is the usual case.
 *
 * A caller that makes a span checks this first and does nothing else without it, so that tracing that is off costs one
 * look at a variable.
 */
export function spanRecorder(): OtlpRecorder | undefined {
  return current;
}

/** Sets the recorder of this process, or takes it away. */
export function recordSpansWith(recorder: OtlpRecorder | undefined): void {
  current = recorder;
}

/** Marks what `span` covers as failed. By the error's name only: messages may hold what must not leave the process. */
export function markFailed(span: Span, error: unknown): void {
  const type = error instanceof Error ? error.name : String(error);
  span.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR });
}

/** Runs `work` as the span of `trace`, and under it. Without a recorder only the latter. */
export async function inSpan<T>(
  trace: Trace,
  facts: () => SpanFacts,
  work: (span?: Span) => Promise<T>,
): Promise<T> {
  if (!current) return runInTrace(trace, work);
  const span = current.begin(trace, facts());
  try {
    return await runInTrace(trace, () => work(span));
  } catch (error) {
    markFailed(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** Runs a call to somebody else as a span under what runs now; just runs it where nothing is recorded. */
export function inCall<T>(facts: () => SpanFacts, call: (span?: Span) => Promise<T>): Promise<T> {
  const caller = current && currentTrace();
  return caller ? inSpan(childOf(caller), facts, call) : call();
}

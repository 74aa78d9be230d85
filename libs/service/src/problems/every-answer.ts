import { traceparentOf } from '../tracing/trace-context.ts';
import type { Trace } from '../tracing/trace-context.ts';

/** The headers that every answer of a service has. */
export function everyAnswer(trace: Trace): Record<string, string> {
  return {
    traceparent: traceparentOf(trace),
    'x-request-id': trace.requestId,
    'x-content-type-options': 'nosniff',
  };
}

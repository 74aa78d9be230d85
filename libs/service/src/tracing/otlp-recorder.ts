import { setTimeout as sleep } from 'node:timers/promises';
import { INVALID_SPAN_CONTEXT, ROOT_CONTEXT, TraceFlags, trace as traces } from '@opentelemetry/api';
import type { Span, Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AlwaysOnSampler, BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { SpanFacts } from './span-facts.ts';
import type { Trace } from './trace-context.ts';

const timeoutMillis = 2_000;
const unrecorded = traces.wrapSpanContext(INVALID_SPAN_CONTEXT);

/**
 * Records spans by OpenTelemetry and sends them in batches, as OTLP in JSON, to `OTEL_EXPORTER_OTLP_ENDPOINT`.
 *
 * The ids are those of our own trace context, which logs, headers and events carry whether or not spans are
 * made. Failure: spans that the receiver does not take within two seconds are dropped; nothing waits for it. At
 * most 2,048 spans are kept for sending.
 */
export class OtlpRecorder {
  private ids: Pick<Trace, 'traceId' | 'spanId'> = INVALID_SPAN_CONTEXT;
  private readonly provider: TracerProvider;
  private readonly tracer: Tracer;

  /** @param exporter takes the spans in the place of the endpoint, for tests */
  constructor(
    service: string,
    instance: string,
    exporter: SpanExporter = new OTLPTraceExporter({ timeoutMillis }),
  ) {
    const batches = { exporter, scheduledDelayMillis: 1_000, exportTimeoutMillis: timeoutMillis };
    this.provider = new TracerProvider({
      resource: resourceFromAttributes({ 'service.name': service, 'service.instance.id': instance }),
      idGenerator: { generateTraceId: () => this.ids.traceId, generateSpanId: () => this.ids.spanId },
      // Which traces are sampled is decided before: by their flags.
      sampler: new AlwaysOnSampler(),
      spanProcessors: [new BatchSpanProcessor(batches)],
    });
    this.tracer = this.provider.getTracer('registrar');
  }

  /** Begins the span that `trace` is: with its id, under its parent. It is empty where the trace is not sampled. */
  begin(trace: Trace, { name, ...options }: SpanFacts): Span {
    const { traceId, parentSpanId: spanId, flags } = trace;
    const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED;
    // Decided where the trace began, so that its spans are there all or none.
    if (traceFlags === TraceFlags.NONE) return unrecorded;
    this.ids = trace;
    const parent = spanId && { traceId, spanId, traceFlags, isRemote: true };
    const context = parent ? traces.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
    return this.tracer.startSpan(name, options, context);
  }

  /** Hands on what is left, within two seconds. */
  async close(): Promise<void> {
    const flushed = this.provider.shutdown().catch(() => undefined);
    await Promise.race([flushed, sleep(timeoutMillis, undefined, { ref: false })]);
  }
}

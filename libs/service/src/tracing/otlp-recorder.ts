import { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace as traces } from '@opentelemetry/api';
import type { Context, Span, Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AlwaysOnSampler, BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { IdGenerator, SpanExporter } from '@opentelemetry/sdk-trace';
import type { OpenSpan, SpanFacts, SpanOutcome, SpanRecorder } from './span-recorder.ts';
import type { Trace } from './trace-context.ts';

/** Who records, and where the spans go. */
export interface OtlpOptions {
  service: string;
  instance: string;
  /** Address of an OTLP receiver over HTTP; `/v1/traces` is added. */
  endpoint: string;
  /** Takes the spans in the place of `endpoint`, for tests. */
  exporter?: SpanExporter;
}

const closeWithinMs = 2_000;
const none: OpenSpan = { end: () => undefined };
const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

/**
 * Records spans by OpenTelemetry and sends them in batches, as OTLP in JSON.
 *
 * The ids are those of our own trace context, which logs, headers and events carry whether or not spans are
 * made. Failure: spans that the receiver does not take are dropped; nothing waits for it. At most 2,048 spans are
 * kept for sending.
 */
export class OtlpRecorder implements SpanRecorder {
  private readonly ids = new GivenIds();
  private readonly provider: TracerProvider;
  private readonly tracer: Tracer;

  constructor({ service, instance, endpoint, exporter }: OtlpOptions) {
    const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
    const target = exporter ?? new OTLPTraceExporter({ url, timeoutMillis: closeWithinMs });
    this.provider = new TracerProvider({
      resource: resourceFromAttributes({ 'service.name': service, 'service.instance.id': instance }),
      idGenerator: this.ids,
      sampler: new AlwaysOnSampler(),
      spanProcessors: [new BatchSpanProcessor({ exporter: target, scheduledDelayMillis: 1_000 })],
    });
    this.tracer = this.provider.getTracer('registrar');
  }

  begin(trace: Trace, { name, kind, attributes }: SpanFacts): OpenSpan {
    // Decided where the trace began, so that its spans are there all or none.
    if ((Number.parseInt(trace.flags, 16) & TraceFlags.SAMPLED) === 0) return none;
    this.ids.next = trace;
    const options = { kind: kinds[kind], ...(attributes && { attributes }) };
    const span = this.tracer.startSpan(name, options, parentOf(trace));
    return { end: (outcome) => end(span, outcome) };
  }

  async close(): Promise<void> {
    const flushed = this.provider.shutdown().catch(() => undefined);
    const limit = new Promise<void>((resolve) => setTimeout(resolve, closeWithinMs).unref());
    await Promise.race([flushed, limit]);
  }
}

function end(span: Span, { name, attributes, error }: SpanOutcome = {}): void {
  if (!span.isRecording()) return;
  if (name !== undefined) span.updateName(name);
  if (attributes) span.setAttributes(attributes);
  if (error !== undefined) {
    const type = error instanceof Error ? error.name : String(error);
    // The name only: messages may hold what must not leave the process.
    span.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}

function parentOf({ traceId, parentSpanId }: Trace): Context {
  if (parentSpanId === undefined) return ROOT_CONTEXT;
  return traces.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId: parentSpanId,
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
  });
}

/** Gives OpenTelemetry the ids of the trace that is being begun. */
class GivenIds implements IdGenerator {
  next: Pick<Trace, 'traceId' | 'spanId'> = { traceId: '', spanId: '' };

  generateTraceId(): string {
    return this.next.traceId;
  }

  generateSpanId(): string {
    return this.next.spanId;
  }
}

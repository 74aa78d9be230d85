import { SpanKind, continueTrace, markFailed, spanRecorder, traceparentOf } from '@registrar/service';
import type { OtlpRecorder, Span } from '@registrar/service';
import { z } from 'zod';
import type { OutboxEntry } from './outbox-entry.ts';

const traced = z.object({ traceparent: z.string().optional(), type: z.string() });

interface Sending {
  span: Span;
  traceparent: string;
}

/**
 * The spans of one send: one for each event, in the trace of the request that caused it, however long ago that
 * was. Consumers stand under them by a Kafka header; the events' own bytes are the same in every copy.
 */
export class PublishSpans {
  private readonly sendings = new Map<string, Sending>();

  private constructor(recorder: OtlpRecorder, batch: readonly OutboxEntry[]) {
    for (const { topic, events } of batch) {
      for (const { id, value } of events) {
        const event = traced.parse(JSON.parse(value));
        const trace = continueTrace(event.traceparent);
        const attributes = {
          'messaging.system': 'kafka',
          'messaging.destination.name': topic,
          'messaging.message.id': id,
          'cloudevents.event_type': event.type,
        };
        const span = recorder.begin(trace, { name: `send ${topic}`, kind: SpanKind.PRODUCER, attributes });
        this.sendings.set(id, { span, traceparent: traceparentOf(trace) });
      }
    }
  }

  /** Begins the spans of a send; undefined where nothing is recorded. */
  static begin(batch: readonly OutboxEntry[]): PublishSpans | undefined {
    const recorder = spanRecorder();
    return recorder && new PublishSpans(recorder, batch);
  }

  /** What the consumers of an event continue. */
  traceparentOf(eventId: string): string | undefined {
    return this.sendings.get(eventId)?.traceparent;
  }

  /** The send was acknowledged, or failed. */
  end(error?: unknown): void {
    for (const { span } of this.sendings.values()) {
      if (error !== undefined) markFailed(span, error);
      span.end();
    }
  }
}

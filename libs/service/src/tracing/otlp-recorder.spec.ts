import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { afterEach, describe, expect, it } from 'vitest';
import { OtlpRecorder } from './otlp-recorder.ts';
import { inCall, inSpan, recordSpansWith } from './span-recorder.ts';
import { childOf, continueTrace, currentTrace, runInTrace, sampleTraces } from './trace-context.ts';

function recording() {
  const exporter = new InMemorySpanExporter();
  const recorder = new OtlpRecorder('courses', 'a', {
    export: (spans, done) => exporter.export(spans, done),
    shutdown: () => Promise.resolve(),
  });
  recordSpansWith(recorder);
  const spans = async () => {
    await recorder.close();
    return exporter.getFinishedSpans();
  };
  return { recorder, spans };
}
afterEach(() => {
  recordSpansWith(undefined);
  sampleTraces(1);
});

describe('recorded spans', () => {
  it('have the ids of the trace context and its parent', async () => {
    const { recorder, spans } = recording();
    const root = continueTrace();
    const part = childOf(root);
    recorder.begin(root, { name: 'GET /api/courses', kind: SpanKind.SERVER }).end();
    recorder.begin(part, { name: 'GET', kind: SpanKind.CLIENT, attributes: { 'server.address': 'a' } }).end();
    const [first, second] = await spans();
    expect(first?.spanContext()).toMatchObject({ traceId: root.traceId, spanId: root.spanId });
    expect(first?.parentSpanContext).toBeUndefined();
    expect(second?.spanContext()).toMatchObject({ traceId: root.traceId, spanId: part.spanId });
    expect(second?.parentSpanContext?.spanId).toBe(root.spanId);
    expect(second).toMatchObject({ kind: SpanKind.CLIENT, attributes: { 'server.address': 'a' } });
    expect(second?.resource.attributes).toMatchObject({ 'service.name': 'courses' });
  });

  it('say that work failed, by the name of its error and nothing else', async () => {
    const { spans } = recording();
    const work = () => Promise.reject(new RangeError('student@registrar.example'));
    const span = inSpan(continueTrace(), () => ({ name: 'work' }), work);
    await expect(span).rejects.toThrow(RangeError);
    const [failed] = await spans();
    expect(failed?.status).toEqual({ code: SpanStatusCode.ERROR });
    expect(failed?.attributes).toEqual({ 'error.type': 'RangeError' });
    expect(failed?.events).toEqual([]);
  });

  it('end once', async () => {
    const { recorder, spans } = recording();
    const span = recorder.begin(continueTrace(), { name: 'once' });
    for (const name of ['first', 'second']) span.updateName(name).end();
    expect((await spans()).map(({ name }) => name)).toEqual(['first']);
  });

  it('are not made of a trace that its beginner left out, nor beyond the share', async () => {
    sampleTraces(0);
    const { recorder, spans } = recording();
    recorder.begin(continueTrace(), { name: 'beyond', kind: SpanKind.SERVER }).end();
    const { recorder: all, spans: allSpans } = recording();
    const unsampled = continueTrace('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00');
    all.begin(unsampled, { name: 'left out', kind: SpanKind.SERVER }).end();
    expect([...(await spans()), ...(await allSpans())]).toEqual([]);
  });

  it('of calls stand under what runs', async () => {
    const { spans } = recording();
    const trace = continueTrace();
    const facts = () => ({ name: 'GET', kind: SpanKind.CLIENT });
    const call = await runInTrace(trace, () => inCall(facts, () => Promise.resolve(currentTrace())));
    const [span] = await spans();
    expect(call?.parentSpanId).toBe(trace.spanId);
    expect(span?.parentSpanContext?.spanId).toBe(trace.spanId);
  });
});

describe('without a recorder', () => {
  it('work runs under its trace and its facts are never asked for', async () => {
    const trace = continueTrace();
    const facts = () => expect.fail('facts were made');
    expect(await inSpan(trace, facts, () => Promise.resolve(currentTrace()))).toBe(trace);
    expect(await runInTrace(trace, () => inCall(facts, () => Promise.resolve(currentTrace())))).toBe(trace);
  });
});

import { describe, expect, it } from 'vitest';
import {
  continueTrace,
  currentTrace,
  runInTrace,
  sampleTraces,
  takeUpTrace,
  traceOf,
  traceparentOf,
} from './trace-context.ts';

const parent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('trace context', () => {
  it('continues the trace of its caller as a span of its own', () => {
    const trace = continueTrace(parent, 'req-1');
    expect(trace).toMatchObject({
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      flags: '01',
      requestId: 'req-1',
    });
    expect(trace.spanId).not.toBe('00f067aa0ba902b7');
    expect(continueTrace(traceparentOf(trace)).traceId).toBe(trace.traceId);
  });

  it.each([
    undefined,
    '',
    'garbage',
    '00-00000000000000000000000000000000-00f067aa0ba902b7-01',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01',
    'ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    `${parent}x`,
  ])('begins a new trace for %j', (header) => {
    const trace = continueTrace(header);
    expect(trace.traceId).toMatch(/^(?!0+$)[0-9a-f]{32}$/);
    expect(trace.traceId).not.toBe('4bf92f3577b34da6a3ce929d0e0e4736');
  });

  it.each(['a b', 'a\r\nb', '', 'x'.repeat(129), '<script>'])(
    'makes its own request id instead of %j',
    (id) => {
      const trace = continueTrace(parent, id);
      expect(trace.requestId).toBe(trace.traceId);
    },
  );

  it.each(['00', '01', 'ff'])('from outside keeps its id, and not its word on sampling: %s', (flags) => {
    const header = parent.replace(/01$/, flags);
    for (const [share, decided] of [
      [0, '00'],
      [1, '01'],
    ] as const) {
      sampleTraces(share);
      const request = { headers: { traceparent: header, 'x-request-id': 'req-1' } };
      takeUpTrace(request);
      expect(traceOf(request)).toMatchObject({
        traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
        parentSpanId: '00f067aa0ba902b7',
        flags: decided,
        requestId: 'req-1',
      });
      expect(continueTrace(header).flags).toBe(flags);
    }
  });

  it('is known to what runs inside', async () => {
    const trace = continueTrace();
    await runInTrace(trace, async () => {
      await Promise.resolve();
      expect(currentTrace()).toBe(trace);
    });
    expect(currentTrace()).toBeUndefined();
  });
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { OtlpRecorder } from './otlp-recorder.ts';
import { SpanKind } from './span-recorder.ts';
import { continueTrace } from './trace-context.ts';

let receiver: Server;

/** A recorder whose spans go to a receiver that answers so. */
async function recordTo(answer: RequestListener): Promise<OtlpRecorder> {
  receiver = createServer(answer).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const { port } = receiver.address() as AddressInfo;
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', `http://127.0.0.1:${port}`);
  return new OtlpRecorder('courses', 'courses-1');
}
afterEach(() => {
  vi.unstubAllEnvs();
  receiver.closeAllConnections();
  receiver.close();
});

describe('a recorder', () => {
  it('has sent its spans, as OTLP in JSON to the address, when it is closed', async () => {
    const received: unknown[] = [];
    const recorder = await recordTo((request, response) => {
      received.push(request.url, json(request));
      response.end('{}');
    });
    const trace = continueTrace('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01');
    recorder.begin(trace, { name: 'GET /api/courses', kind: SpanKind.SERVER }).end();
    await recorder.close();
    const { traceId, spanId, parentSpanId } = trace;
    const span = { traceId, spanId, parentSpanId, name: 'GET /api/courses', kind: 2 };
    expect(await Promise.all(received)).toMatchObject([
      '/v1/traces',
      { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] },
    ]);
  });

  it('waits two seconds at its end for a receiver that does not answer', async () => {
    const recorder = await recordTo(() => undefined);
    const since = performance.now();
    for (let span = 0; span < 3_000; span += 1) recorder.begin(continueTrace(), { name: 'work' }).end();
    expect(performance.now() - since).toBeLessThan(1_000);
    await recorder.close();
    expect(performance.now() - since).toBeLessThan(4_000);
  });
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A span as it came, with the name of the service that made it. */
export interface ReceivedSpan {
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
}

/** OTLP in JSON, as far as it is looked at. */
interface ExportRequest {
  resourceSpans: {
    resource: { attributes: { key: string; value: { stringValue?: string } }[] };
    scopeSpans: { spans: Omit<ReceivedSpan, 'service'>[] }[];
  }[];
}

/** Takes spans by OTLP over HTTP, in the place of a receiver such as Jaeger. */
export class SpanReceiver {
  private readonly spans: ReceivedSpan[] = [];
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      this.take(request).then(
        () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
        () => response.writeHead(400).end(),
      );
    });
  }

  /** On a free port. */
  static async open(): Promise<SpanReceiver> {
    const receiver = new SpanReceiver();
    receiver.server.listen(0, '127.0.0.1');
    await once(receiver.server, 'listening');
    return receiver;
  }

  /** What `OTEL_EXPORTER_OTLP_ENDPOINT` has to be. */
  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /**
   * Goes down a trace from a span, each step to the spans of that service and name under those of the step before.
   * They may be several: two groups of one service read the same event.
   *
   * @param steps `service: name of the span`
   * @returns the steps that are there, up to the first that is not
   */
  walk(traceId: string, from: string, steps: readonly string[]): string[] {
    const trace = this.spans.filter((span) => span.traceId === traceId);
    const found: string[] = [];
    let parents = new Set([from]);
    for (const step of steps) {
      const next = trace.filter(
        ({ service, name, parentSpanId = '' }) => `${service}: ${name}` === step && parents.has(parentSpanId),
      );
      if (next.length === 0) break;
      parents = new Set(next.map(({ spanId }) => spanId));
      found.push(step);
    }
    return found;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async take(request: IncomingMessage): Promise<void> {
    const { resourceSpans } = (await json(request)) as ExportRequest;
    for (const { resource, scopeSpans } of resourceSpans) {
      const name = resource.attributes.find(({ key }) => key === 'service.name');
      const service = name?.value.stringValue ?? '';
      this.spans.push(...scopeSpans.flatMap(({ spans }) => spans.map((span) => ({ ...span, service }))));
    }
  }
}

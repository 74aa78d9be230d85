import { once } from 'node:events';
import {
  Agent,
  createServer,
  request as sendRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { answerOf, readCall, type DynamoCall, type DynamoFault } from './dynamo-faults.ts';

/** Which calls a fault befalls; every call where nothing is said. */
interface FaultTarget {
  /** Such as `TransactWriteItems`. */
  operation?: string;
  /** A part of a physical table name. */
  table?: string;
  /** Any other condition. */
  call?: (call: DynamoCall) => boolean;
}

/** A fault in force. */
interface FaultRule {
  /** How many calls it has befallen. */
  readonly hits: number;
  /** Ends it. */
  end(): void;
}

interface Rule {
  target: FaultTarget;
  fault: DynamoFault;
  left: number;
  hits: number;
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/**
 * An HTTP proxy in front of DynamoDB Local that fails as DynamoDB can: throttling, conflicts, late and lost
 * answers, which DynamoDB Local never shows.
 *
 * Give its `url` as the endpoint of the service under test, and say by `when` what goes wrong and how often.
 */
export class DynamoFaultProxy {
  /** How many calls arrived, by operation. */
  readonly calls = new Map<string, number>();
  private readonly rules: Rule[] = [];
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 100 });
  private readonly server: Server;

  private constructor(private readonly endpoint: URL) {
    this.server = createServer((request, response) => {
      this.serve(request, response).catch(() => response.destroy());
    });
  }

  /** Starts a proxy on a free loopback port before `endpoint`. */
  static async start(endpoint: string): Promise<DynamoFaultProxy> {
    const proxy = new DynamoFaultProxy(new URL(endpoint));
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  /** The endpoint to give to the service under test. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on `fault` befalls the calls of `target`, the first `times` of them. The oldest rule goes first. */
  when(target: FaultTarget, fault: DynamoFault, times = Infinity): FaultRule {
    const rule: Rule = { target, fault, left: times, hits: 0 };
    this.rules.push(rule);
    return {
      get hits() {
        return rule.hits;
      },
      end: () => (rule.left = 0),
    };
  }

  /** Nothing goes wrong any more. */
  clear(): void {
    this.rules.length = 0;
  }

  async close(): Promise<void> {
    this.agent.destroy();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray());
    const call = readCall(String(request.headers['x-amz-target']), body.toString());
    this.calls.set(call.operation, (this.calls.get(call.operation) ?? 0) + 1);
    const fault = this.faultOf(call);
    if (fault === 'silence') return;
    if (fault === 'hang-up') {
      response.destroy();
      return;
    }
    const made = fault && answerOf(fault, call);
    if (made) {
      response.writeHead(made.status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(made.body));
      return;
    }
    const answer = await this.forward(request.headers, body);
    if (fault === 'lose-answer') {
      response.destroy();
      return;
    }
    if (typeof fault === 'object' && 'delayMs' in fault) await delay(fault.delayMs);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  private faultOf(call: DynamoCall): DynamoFault | undefined {
    const rule = this.rules.find(({ target, left }) => left > 0 && befalls(target, call));
    if (!rule) return undefined;
    rule.left -= 1;
    rule.hits += 1;
    return rule.fault;
  }

  private forward(headers: IncomingHttpHeaders, body: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const options = { method: 'POST', headers, agent: this.agent };
      const onwards = sendRequest(this.endpoint, options, (incoming) => {
        incoming.toArray().then(
          (chunks: Buffer[]) =>
            resolve({
              status: incoming.statusCode ?? 502,
              headers: incoming.headers,
              body: Buffer.concat(chunks),
            }),
          reject,
        );
      });
      onwards.on('error', reject);
      onwards.end(body);
    });
  }
}

function befalls(target: FaultTarget, call: DynamoCall): boolean {
  if (target.operation !== undefined && target.operation !== call.operation) return false;
  const { table } = target;
  if (table !== undefined && !call.tables.some((name) => name.includes(table))) return false;
  return target.call?.(call) ?? true;
}

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runProgram } from '../program.ts';

/** A request as the stub got it. */
export interface Seen {
  method: string;
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** What the stub answers: JSON unless `text` is given; `hangUp` ends the connection instead, after what was sent. */
export interface StubAnswer {
  status?: number;
  headers?: Record<string, string>;
  json?: unknown;
  text?: string;
  hangUp?: boolean;
}

/** What the command printed, and how it ended. */
export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** A server that answers as a test says, and the command run against it. */
export class StubSystem {
  readonly seen: Seen[] = [];
  private readonly server = createServer();
  private answer: (request: Seen) => StubAnswer = () => ({ status: 404, json: notFound });

  static async start(): Promise<StubSystem> {
    const stub = new StubSystem();
    stub.server.on('request', (incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { method = '', url: path = '', headers } = incoming;
        const seen = { method, path, headers, body: Buffer.concat(chunks).toString() };
        stub.seen.push(seen);
        const { status = 200, headers: own = {}, json, text, hangUp } = stub.answer(seen);
        response.writeHead(status, { 'content-type': 'application/json', ...own });
        if (!hangUp) return response.end(text ?? JSON.stringify(json));
        response.write(text ?? ' ', () => response.destroy());
        return undefined;
      });
    });
    stub.server.listen(0, '127.0.0.1');
    await once(stub.server, 'listening');
    return stub;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on requests are answered so. */
  answers(answer: (request: Seen) => StubAnswer): void {
    this.seen.length = 0;
    this.answer = answer;
  }

  /** Runs the command against this server, signed in by a token unless told otherwise. */
  async runCommand(
    args: string[],
    environment: Record<string, string> = { REGISTRAR_TOKEN: 'the-token' },
  ): Promise<Ran> {
    const ran: Ran = { code: -1, out: '', err: '' };
    ran.code = await runProgram(['--url', this.url, ...args], environment, {
      out: (text) => (ran.out += text),
      err: (text) => (ran.err += text),
      isWatched: false,
    });
    return ran;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** The problem document of an unknown course. */
export const notFound = { code: 'course_not_found', detail: 'There is no such course.', status: 404 };

import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpDouble } from '@registrar/testing';

/** A request as a stub service saw it. */
export interface SeenRequest {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  rawHeaders: string[];
  body: string;
}

type Answer = (request: SeenRequest, response: ServerResponse) => void;

/** A real HTTP server that stands for a service: it records its requests and gives the answers that were set. */
export class StubService extends HttpDouble {
  readonly seen: SeenRequest[] = [];
  answer: Answer = (_request, response) => json(response, 200, { items: [], nextCursor: null });

  constructor() {
    super((request, response) => void this.take(request, response));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks = (await request.toArray()) as Buffer[];
    const { method = '', url = '', headers, rawHeaders } = request;
    const seen = { method, url, headers, rawHeaders, body: Buffer.concat(chunks).toString() };
    if (url === '/health/ready') return json(response, 200, { status: 'ready' });
    this.seen.push(seen);
    this.answer(seen, response);
  }
}

/** Answers with JSON. */
export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

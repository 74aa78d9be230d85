/**
 * The system as it was before: one process, one table for each entity, Scan and filter, no cache, mail inline. Not made
 * slower than it has to be: tokens are checked once a request, answers are whole JSON, HTTP connections of clients are
 * kept alive.
 *
 * Started by the bench, which sends its options as the first message and is told the port.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { readSigningKey, userOf } from '@registrar/testing/access-token';
import { CountedStore } from './counted-store.ts';
import { OldService } from './old-service.ts';

/** What the old system is told at its start. */
export interface BeforeOptions {
  readonly dynamodbEndpoint: string;
  readonly tablePrefix: string;
  readonly smtpUrl: string;
  readonly signingKeysFile: string;
  readonly currentSemester: string;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length })
    .end(bytes);
}

function listen(options: BeforeOptions): void {
  const store = new CountedStore(options.dynamodbEndpoint, options.tablePrefix);
  const service = new OldService(store, options.smtpUrl, options.currentSemester);
  const { publicKey } = readSigningKey(options.signingKeysFile);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://before');
    const route = `${request.method ?? ''} ${url.pathname}`;
    if (route === 'GET /counts') return send(response, 200, store.counts);
    if (route === 'GET /api/courses') return send(response, 200, await service.courses(url.searchParams));
    const userId = userOf(request.headers.authorization, publicKey);
    if (userId === undefined) return send(response, 401, { code: 'unauthorized' });
    if (route === 'GET /api/enrollments/me')
      return send(response, 200, await service.own(userId, url.searchParams));
    if (route === 'GET /api/auth/me') return send(response, 200, await service.profile(userId));
    if (route === 'POST /api/enrollments') {
      const { courseId } = JSON.parse(await text(request)) as { courseId: string };
      const enrollment = await service.enroll(userId, courseId);
      return send(response, enrollment === undefined ? 409 : 201, enrollment ?? { code: 'refused' });
    }
    send(response, 404, { code: 'not_found' });
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => send(response, 500, { detail: String(error) }));
  });
  server.keepAliveTimeout = 65_000;
  server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
}

process.once('message', (options: BeforeOptions) => listen(options));
process.on('disconnect', () => process.exit());

/**
 * The system as it was before: one process, one table for each entity, Scan and filter, no cache, mail inline. Not made
 * slower than it has to be: tokens are checked once a request, answers are whole JSON, HTTP connections of clients are
 * kept alive.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { readSigningKey, userOf } from '@registrar/testing/access-token';
import { serveParent } from '../child-process.ts';
import type { StoreAddress } from '../seed/bench-store.ts';
import { CountedStore } from './counted-store.ts';
import { OldService } from './old-service.ts';

/** The options of the system before. */
export interface BeforeOptions {
  readonly store: StoreAddress;
  readonly smtpUrl: string;
  readonly signingKeysFile: string;
  readonly currentSemester: string;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body));
  const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length };
  response.writeHead(status, headers).end(bytes);
}

serveParent(({ store: address, smtpUrl, signingKeysFile, currentSemester }: BeforeOptions) => {
  const store = new CountedStore(address);
  const service = new OldService(store, smtpUrl, currentSemester);
  const { publicKey } = readSigningKey(signingKeysFile);

  async function answer(request: IncomingMessage): Promise<[status: number, body: unknown]> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://before');
    const route = `${request.method ?? ''} ${pathname}`;
    if (route === 'GET /counts') return [200, store.counts];
    if (route === 'GET /api/courses') return [200, await service.courses(searchParams)];
    const userId = userOf(request.headers.authorization, publicKey);
    if (userId === undefined) return [401, { code: 'unauthorized' }];
    if (route === 'GET /api/enrollments/me') return [200, await service.own(userId, searchParams)];
    if (route === 'GET /api/auth/me') return [200, await service.profile(userId)];
    if (route !== 'POST /api/enrollments') return [404, { code: 'not_found' }];
    const { courseId } = JSON.parse(await text(request)) as { courseId: string };
    const enrollment = await service.enroll(userId, courseId);
    return enrollment === undefined ? [409, { code: 'refused' }] : [201, enrollment];
  }

  return (request, response) => {
    answer(request).then(
      ([status, body]) => send(response, status, body),
      (error: unknown) => send(response, 500, { detail: String(error) }),
    );
  };
});

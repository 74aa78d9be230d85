/**
 * Registration as straight code does it: each request is a transaction of its own, with no queue or groups. One process
 * without a gateway, which does not check the token's signature: every short cut is taken in its favour.
 */
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { serveParent } from '../child-process.ts';
import type { StoreAddress } from '../seed/bench-store.ts';
import { openStore, tablesOf } from '../seed/bench-store.ts';
import { enrollNaively } from './enroll-naively.ts';

function userIn(authorization: string | undefined): string {
  const [, claims = ''] = authorization?.split('.') ?? [];
  return (JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub: string }).sub;
}

serveParent((address: StoreAddress) => {
  const store = openStore('enrollments', tablesOf('enrollments'), address);
  const answer = async (request: IncomingMessage): Promise<number> => {
    const { courseId } = JSON.parse(await text(request)) as { courseId: string };
    const key = String(request.headers['idempotency-key']);
    return enrollNaively(store, { userId: userIn(request.headers.authorization), courseId, key });
  };
  return (request, response) => {
    answer(request).then(
      (status) => response.writeHead(status, { 'content-type': 'application/json' }).end('{}'),
      (error: unknown) => response.writeHead(500).end(JSON.stringify({ detail: String(error) })),
    );
  };
});

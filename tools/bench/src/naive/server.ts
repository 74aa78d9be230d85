/**
 * Registration as straight code does it: each request is a transaction of its own, with nothing that queues or groups.
 * One process without a gateway, which believes the token without checking its signature: every short cut is taken in
 * its favour. Started by the bench.
 */
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { enrollNaively } from './enroll-naively.ts';
import { naiveStore } from './naive-store.ts';
import type { StoreAddress } from '../seed/bench-store.ts';

function userIn(authorization: string | undefined): string {
  const [, claims = ''] = authorization?.split('.') ?? [];
  return (JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub: string }).sub;
}

process.once('message', (options: StoreAddress) => {
  const store = naiveStore(options);
  const answer = async (request: IncomingMessage): Promise<number> => {
    const { courseId } = JSON.parse(await text(request)) as { courseId: string };
    const key = String(request.headers['idempotency-key']);
    return enrollNaively(store, userIn(request.headers.authorization), courseId, key);
  };
  const server = createServer((request, response) => {
    answer(request).then(
      (status) => response.writeHead(status, { 'content-type': 'application/json' }).end('{}'),
      (error: unknown) => response.writeHead(500).end(JSON.stringify({ detail: String(error) })),
    );
  });
  server.keepAliveTimeout = 65_000;
  server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
});
process.on('disconnect', () => process.exit());

/**
 * A bare `node:http` server that answers every path with the same bytes: the most that Node can do on this machine, to
 * measure the system against. `/5` and `/15` are JSON bodies of 5 and 15 KB; `/same` the body that it was given.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the bare server is told at its start. */
export interface BareOptions {
  /** Answered to `/same`. */
  readonly body: string;
}

const bytesPerKilobyte = 1_024;

function bodyOf(kilobytes: number): Buffer {
  return Buffer.from(
    JSON.stringify({ text: 'x'.repeat(kilobytes * bytesPerKilobyte - '{"text":""}'.length) }),
  );
}

process.once('message', ({ body }: BareOptions) => {
  const bodies = new Map([
    ['/5', bodyOf(5)],
    ['/15', bodyOf(15)],
    ['/same', Buffer.from(body)],
  ]);
  const server = createServer((request, response) => {
    const bytes = bodies.get(request.url ?? '') ?? Buffer.from('{}');
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': bytes.length,
    });
    response.end(bytes);
  });
  server.keepAliveTimeout = 65_000;
  server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
});
process.on('disconnect', () => process.exit());

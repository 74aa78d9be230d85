import type { IncomingMessage } from 'node:http';
import { Problem } from '@registrar/service';
import type { Route } from '../routing/routes.ts';

/** What of a body that is refused is still read, so that the client sees the answer instead of a reset. */
const drainLimitBytes = 16 * 1_048_576;

/**
 * The whole body of a request, unread by us; undefined where there is none.
 *
 * @throws Problem 415 for another type than the route takes, 413 beyond its limit, 400 for a body that was cut
 */
export async function bodyOf(request: IncomingMessage, route: Route): Promise<Buffer | undefined> {
  const announced = request.headers['content-length'];
  const empty =
    request.headers['transfer-encoding'] === undefined && (announced === undefined || announced === '0');
  // A route without a body does not look at one: it is dropped with the request.
  if (empty || route.body === 'none') return undefined;
  refuseType(request, route);
  if (Number(announced ?? 0) <= route.bodyLimitBytes) return read(request, route.bodyLimitBytes);
  drain(request);
  throw tooLarge();
}

function read(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= limitBytes) return;
      request.off('data', take);
      drain(request);
      reject(tooLarge());
    };
    request.on('data', take);
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', (error) =>
      reject(new Problem(400, 'bad_request', 'The body did not arrive whole.', { cause: error })),
    );
  });
}

function refuseType(request: IncomingMessage, { body }: Route): void {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';', 1);
  if (type.trim().toLowerCase() === body && request.headers['content-encoding'] === undefined) return;
  throw new Problem(415, 'unsupported_media_type', `Send the body as ${body}, not encoded.`);
}

function drain(request: IncomingMessage): void {
  let drained = 0;
  request.on('data', (chunk: Buffer) => {
    drained += chunk.length;
    if (drained > drainLimitBytes) request.destroy();
  });
}

function tooLarge(): Problem {
  return new Problem(413, 'payload_too_large', 'The body is larger than 1 MiB.');
}

import type { IncomingMessage } from 'node:http';
import { jsonBodyLimitBytes } from '@registrar/contracts-http';
import { Problem } from '@registrar/service';

/** What of a body that is refused is still read, so that the client sees the answer instead of a reset. */
const drainLimitBytes = 16 * 1_048_576;

/** Whether a body comes with the request. */
export function hasBody({ headers }: IncomingMessage): boolean {
  const announced = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (announced !== undefined && announced !== '0');
}

/** @throws Problem 415 for another type of body than `taken`, the one that the route takes */
export function refuseType(request: IncomingMessage, taken: string): void {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';', 1);
  if (type.trim().toLowerCase() === taken && request.headers['content-encoding'] === undefined) return;
  throw new Problem(415, 'unsupported_media_type', `Send the body as ${taken}, not encoded.`, {
    params: { mediaType: taken },
  });
}

/** Reads what still comes of a refused body, and drops it. */
export function drain(request: IncomingMessage): void {
  let drained = 0;
  request.on('data', (chunk: Buffer) => {
    drained += chunk.length;
    if (drained > drainLimitBytes) request.destroy();
  });
}

/** 413, for a body beyond its limit. */
export function tooLarge(limitBytes: number): Problem {
  const isSmall = limitBytes < jsonBodyLimitBytes;
  const limit = isSmall ? `${limitBytes / 1_024} KiB` : `${limitBytes / jsonBodyLimitBytes} MiB`;
  const detail = `The body is larger than ${limit}.`;
  return new Problem(413, 'payload_too_large', detail, { params: { limitBytes } });
}

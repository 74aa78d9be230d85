import type { Random } from '@registrar/testing/random';
import { below } from '@registrar/testing/random';
import type { PreparedRequest } from './load-job.ts';

/** A request as HTTP/1.1, with the name it is counted under. */
export interface WireRequest {
  readonly endpoint: string;
  readonly bytes: Buffer;
}

/** The request, ready for the wire. */
export function wireRequest(request: PreparedRequest, host: string): WireRequest {
  const { endpoint, method, path, body } = request;
  const headers = {
    host,
    ...request.headers,
    ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return { endpoint, bytes: Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`) };
}

/** Draws requests: first the share by weight, then one of its requests, each as likely. */
export function drawFrom<Request>(
  shares: readonly { readonly weight: number; readonly requests: readonly Request[] }[],
  random: Random,
): () => Request {
  const usable = shares.filter(({ requests }) => requests.length > 0);
  const total = usable.reduce((sum, { weight }) => sum + weight, 0);
  return () => {
    let left = random() * total;
    for (const { weight, requests } of usable) {
      left -= weight;
      const drawn = left < 0 ? requests[below(random, requests.length)] : undefined;
      if (drawn !== undefined) return drawn;
    }
    throw new RangeError('There is nothing to send.');
  };
}

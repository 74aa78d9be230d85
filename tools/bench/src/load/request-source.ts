import type { Random } from '@registrar/testing/random';
import { below } from '@registrar/testing/random';
import type { PreparedRequest, Share } from './load-job.ts';

/** A request as it goes over the wire, with the name it is counted under. */
export interface WireRequest {
  readonly endpoint: string;
  readonly bytes: Buffer;
}

/** A request as HTTP/1.1. */
function wireRequest(request: PreparedRequest, host: string): WireRequest {
  const { endpoint, method, path, body } = request;
  const headers = {
    host,
    ...request.headers,
    ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return { endpoint, bytes: Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`) };
}

/** Draws requests: first the endpoint by weight, then one of its requests, each as likely. */
export function drawFrom(
  shares: readonly { readonly weight: number; readonly requests: readonly WireRequest[] }[],
  random: Random,
): () => WireRequest {
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

/** The shares of a job, ready for the wire. */
export function wireShares(shares: readonly Share[], host: string) {
  return shares.map(({ weight, requests }) => ({
    weight,
    requests: requests.map((request) => wireRequest(request, host)),
  }));
}

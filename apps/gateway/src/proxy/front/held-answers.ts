import { cacheStatus, formFor, matchingTag } from '@registrar/cache';
import type { AnswerSource, CachedBody } from '@registrar/cache';
import { traceOf, traceparentOf } from '@registrar/service';
import type { EdgeEntry } from '../edge/edge-entry.ts';
import { safetyHeaders } from '../../http/safety-headers.ts';
import type { Visit } from '../visit/visit.ts';

/** This cache's name in `Cache-Status`. */
export const cacheName = 'registrar-gateway';

const hit = cacheStatus(cacheName, 'l1');
const profileHead = Object.entries({
  'cache-control': 'private, no-cache',
  vary: 'Accept-Encoding',
  'content-type': 'application/json; charset=utf-8',
  ...safetyHeaders,
}).flat();

/** Sends a held catalogue answer: in the best encoding, or 304 where the client has it in any. */
export function sendEntry(visit: Visit, entry: EdgeEntry, source: AnswerSource): void {
  const { headers } = visit.request;
  const status =
    source === 'l1'
      ? hit
      : cacheStatus(cacheName, source, source === 'load' ? entry.upstreamStatus : undefined);
  const wanted = headers['if-none-match'];
  const held = wanted === undefined ? undefined : matchingTag(wanted, entry.tags);
  if (held !== undefined) {
    visit.response.writeHead(304, head(visit, entry.unchangedHead(held), status)).end();
    return;
  }
  const form = formFor(entry.body, headers['accept-encoding'] as string | undefined);
  if (form instanceof Promise) {
    void form.then(() => sendEntry(visit, entry, source));
    return;
  }
  const { encoding, bytes } = form;
  finish(visit, head(visit, entry.head(encoding, bytes.length), status), bytes);
}

/** Sends the caller's own profile. */
export function sendProfile(visit: Visit, body: CachedBody, source: AnswerSource): void {
  const status = source === 'l1' ? hit : cacheStatus(cacheName, source);
  const tagged = [...profileHead, 'etag', `"${body.tag}"`];
  const wanted = visit.request.headers['if-none-match'];
  if (wanted !== undefined && matchingTag(wanted, [body.tag]) !== undefined) {
    visit.response.writeHead(304, head(visit, tagged, status)).end();
    return;
  }
  finish(visit, head(visit, [...tagged, 'content-length', String(body.bytes.length)], status), body.bytes);
}

function finish({ request, response }: Visit, headers: string[], bytes: Buffer): void {
  response.writeHead(200, headers);
  if (request.method === 'HEAD') response.end();
  else response.end(bytes);
}

/** The headers of the entry, and those that each answer has its own of. */
function head({ request, response, ruling }: Visit, fixed: readonly string[], status: string): string[] {
  const trace = traceOf(request);
  const headers = [
    ...fixed,
    'cache-status',
    status,
    'traceparent',
    traceparentOf(trace),
    'x-request-id',
    trace.requestId,
  ];
  if (ruling && ruling.policy !== '')
    headers.push('ratelimit-policy', ruling.policy, 'ratelimit', ruling.state);
  return response.hasHeader('vary') ? withoutVary(headers) : headers;
}

/** Where CORS is configured, `Vary` is on the answer already, with more in it. */
function withoutVary(headers: string[]): string[] {
  const at = headers.indexOf('vary');
  return headers.toSpliced(at, 2);
}

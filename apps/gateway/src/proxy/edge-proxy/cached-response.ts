import { cacheStatus, formFor, matchingTag } from '@registrar/cache';
import type { AnswerSource, CachedBody } from '@registrar/cache';
import { traceOf, traceparentOf } from '@registrar/service';
import type { EdgeEntry } from '../edge-cache/edge-entry.ts';
import { safetyHeaders } from '../../http/safety-headers.ts';
import type { RequestContext } from '../request-context/request-context.ts';

/** This cache's name in `Cache-Status`. */
export const cacheName = 'registrar-gateway';

const hit = cacheStatus(cacheName, 'l1');
const profileHead = Object.entries({
  'cache-control': 'private, no-cache',
  vary: 'Accept-Encoding',
  'content-type': 'application/json; charset=utf-8',
  ...safetyHeaders,
}).flat();

/** Sends a cached catalogue response in the best encoding, or 304 where the client has it in any. */
export function sendEntry(context: RequestContext, entry: EdgeEntry, source: AnswerSource): void {
  const { headers } = context.request;
  const status =
    source === 'l1'
      ? hit
      : cacheStatus(cacheName, source, source === 'load' ? entry.upstreamStatus : undefined);
  const wanted = headers['if-none-match'];
  const held = wanted === undefined ? undefined : matchingTag(wanted, entry.tags);
  if (held !== undefined) {
    context.response.writeHead(304, head(context, entry.unchangedHead(held), status)).end();
    return;
  }
  const form = formFor(entry.body, headers['accept-encoding'] as string | undefined);
  if (form instanceof Promise) {
    void form.then(() => sendEntry(context, entry, source));
    return;
  }
  const { encoding, bytes } = form;
  finish(context, head(context, entry.head(encoding, bytes.length), status), bytes);
}

/** Sends the caller's own profile. */
export function sendProfile(context: RequestContext, body: CachedBody, source: AnswerSource): void {
  const status = source === 'l1' ? hit : cacheStatus(cacheName, source);
  const tagged = [...profileHead, 'etag', `"${body.tag}"`];
  const wanted = context.request.headers['if-none-match'];
  if (wanted !== undefined && matchingTag(wanted, [body.tag]) !== undefined) {
    context.response.writeHead(304, head(context, tagged, status)).end();
    return;
  }
  finish(
    context,
    head(context, [...tagged, 'content-length', String(body.bytes.length)], status),
    body.bytes,
  );
}

function finish({ request, response }: RequestContext, headers: string[], bytes: Buffer): void {
  response.writeHead(200, headers);
  if (request.method === 'HEAD') response.end();
  else response.end(bytes);
}

/** The headers of the entry, and those of this response alone. */
function head(
  { request, response, ruling }: RequestContext,
  fixed: readonly string[],
  status: string,
): string[] {
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

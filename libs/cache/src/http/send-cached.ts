import type { AnswerSource } from '../reading/cache-answer.ts';
import type { CachedBody } from '../record/cached-body.ts';
import { acceptedEncodings, type Encoding } from './accept-encoding.rules.ts';
import { cacheStatus } from './cache-status.ts';
import { matchingTag } from './if-none-match.rules.ts';

const ENCODINGS: readonly Encoding[] = ['identity', 'br', 'gzip'];

/** `Cache-Control` of the public catalogue. */
export const CATALOGUE_CACHE_CONTROL = 'public, max-age=1';

/** `Cache-Control` of what belongs to one user. */
export const OWN_CACHE_CONTROL = 'private, no-cache';

/** What is needed of a request; Fastify's fits. */
export interface CachedRequest {
  readonly method: string;
  readonly headers: {
    readonly 'accept-encoding'?: string | string[] | undefined;
    readonly 'if-none-match'?: string | string[] | undefined;
  };
}

/** What is needed of a reply; Fastify's fits. */
export interface CachedReply {
  code(status: number): unknown;
  header(name: string, value: string | number): unknown;
  getHeader(name: string): number | string | string[] | undefined;
  send(payload?: unknown): unknown;
}

/** The bytes of an answer and where they came from: a `CacheAnswer` that has a body, or a body made from one. */
export interface Sendable {
  readonly body: CachedBody;
  readonly source: AnswerSource;
}

/** How to send it. */
export interface SendOptions {
  readonly cacheControl: string;
  /** For `Cache-Status`. */
  readonly cacheName: string;
  /** Put before the tag and a dot: a course's version, for `"<version>.<rest>"`. */
  readonly etagPrefix?: string | number;
  /** The `Cache-Status` that came from nearer to the source. */
  readonly upstreamStatus?: string;
}

/** The strong ETag of a body in an encoding, without quotes. Each encoding has its own, as its bytes differ. */
export function entityTag(
  body: CachedBody,
  prefix?: string | number,
  encoding: Encoding = 'identity',
): string {
  const tag = prefix === undefined ? body.tag : `${prefix}.${body.tag}`;
  return encoding === 'identity' ? tag : `${tag}-${encoding}`;
}

/**
 * Sends cached JSON: in the best encoding that the client takes, or 304 where it has it already in any.
 *
 * Sets ETag (strong), Cache-Control, Cache-Status, Vary, Content-Type, Content-Length and Content-Encoding.
 * HEAD gets the headers of GET. The first request for an encoding waits until the bytes are packed.
 */
export async function sendCached(
  request: CachedRequest,
  reply: CachedReply,
  sendable: Sendable,
  options: SendOptions,
): Promise<void> {
  const { body, source } = sendable;
  const tagIn = (encoding: Encoding): string => entityTag(body, options.etagPrefix, encoding);
  reply.header('cache-control', options.cacheControl);
  reply.header('cache-status', cacheStatus(options.cacheName, source, options.upstreamStatus));
  reply.header('vary', varyOn(reply.getHeader('vary')));
  const held = matchingTag(joined(request.headers['if-none-match']), ENCODINGS.map(tagIn));
  if (held !== undefined) {
    reply.header('etag', `"${held}"`);
    reply.code(304);
    reply.send();
    return;
  }
  const { encoding, bytes } = await choose(
    body,
    acceptedEncodings(joined(request.headers['accept-encoding'])),
  );
  reply.header('etag', `"${tagIn(encoding)}"`);
  if (encoding !== 'identity') reply.header('content-encoding', encoding);
  reply.header('content-type', 'application/json; charset=utf-8');
  reply.header('content-length', bytes.length);
  reply.code(200);
  reply.send(bytes);
}

async function choose(
  body: CachedBody,
  accepted: readonly Encoding[],
): Promise<{ encoding: Encoding; bytes: Buffer }> {
  for (const encoding of accepted) {
    if (encoding === 'identity') break;
    const bytes = await body.form(encoding);
    if (bytes) return { encoding, bytes };
  }
  return { encoding: 'identity', bytes: body.bytes };
}

function varyOn(before: number | string | string[] | undefined): string {
  const own = 'Accept-Encoding';
  if (before === undefined) return own;
  const fields = String(before);
  return /(^|,)\s*(accept-encoding|\*)\s*(,|$)/i.test(fields) ? fields : `${fields}, ${own}`;
}

function joined(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header;
}

import type { AnswerSource } from '../reading/cache-answer.ts';
import type { CachedBody } from '../record/cached-body.ts';
import { acceptedEncodings, type Encoding } from './accept-encoding.rules.ts';
import { cacheStatus } from './cache-status.ts';
import { matchingTag } from './if-none-match.rules.ts';

const encodings: readonly Encoding[] = ['identity', 'br', 'gzip'];

/** The headers of a request that decide how bytes are sent. */
interface ConditionalHeaders {
  readonly 'accept-encoding'?: string | string[] | undefined;
  readonly 'if-none-match'?: string | string[] | undefined;
}

/** The bytes of an answer and where they came from: a `CacheAnswer` that has a body, or a body made from one. */
export interface Sendable {
  readonly body: CachedBody;
  readonly source: AnswerSource;
}

/** How to send it. */
export interface SendOptions {
  readonly cacheControl: string;
  /** For `Cache-Status`; none is sent without it. */
  readonly cacheName?: string | undefined;
  /** Put before the tag and a dot: a course's version, for `"<version>.<rest>"`. */
  readonly etagPrefix?: string | number;
  /** Whether `If-None-Match` is heard. */
  readonly isConditional?: boolean;
  /** The `Vary` that is set already. */
  readonly vary?: number | string | string[] | undefined;
}

/** An answer as it goes out; no bytes with 304. */
interface ConditionalAnswer {
  readonly status: 200 | 304;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly bytes: Buffer | undefined;
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
 * Held JSON as an answer: in the best encoding that the client takes, or 304 where it has it already in any.
 *
 * Gives ETag (strong), Cache-Control, Cache-Status, Vary, Content-Type, Content-Length and Content-Encoding. The
 * first request for an encoding waits until the bytes are packed.
 */
export async function conditionalAnswer(
  request: ConditionalHeaders,
  { body, source }: Sendable,
  { cacheControl, cacheName, etagPrefix, isConditional = true, vary }: SendOptions,
): Promise<ConditionalAnswer> {
  const tagIn = (encoding: Encoding): string => entityTag(body, etagPrefix, encoding);
  const always = {
    'cache-control': cacheControl,
    ...(cacheName !== undefined && { 'cache-status': cacheStatus(cacheName, source) }),
    vary: varyOnEncoding(vary),
  };
  const wanted = isConditional ? joined(request['if-none-match']) : undefined;
  const held = wanted === undefined ? undefined : matchingTag(wanted, encodings.map(tagIn));
  if (held !== undefined) return { status: 304, headers: { ...always, etag: `"${held}"` }, bytes: undefined };
  const { encoding, bytes } = await formFor(body, joined(request['accept-encoding']));
  const headers = {
    ...always,
    etag: `"${tagIn(encoding)}"`,
    ...(encoding !== 'identity' && { 'content-encoding': encoding }),
    'content-type': 'application/json; charset=utf-8',
    'content-length': bytes.length,
  };
  return { status: 200, headers, bytes };
}

/** The bytes in the best encoding that `accept` (`Accept-Encoding`) takes; a promise where they are packed first. */
export function formFor(body: CachedBody, accept: string | undefined): EncodedForm | Promise<EncodedForm> {
  for (const encoding of acceptedEncodings(accept)) {
    if (encoding === 'identity') break;
    const bytes = body.form(encoding);
    if (bytes instanceof Promise) return bytes.then(() => formFor(body, accept));
    if (bytes) return { encoding, bytes };
  }
  return { encoding: 'identity', bytes: body.bytes };
}

/** Bytes in one encoding. */
interface EncodedForm {
  readonly encoding: Encoding;
  readonly bytes: Buffer;
}

/** A `Vary` with `Accept-Encoding` in it, beside what is there already. */
export function varyOnEncoding(before: number | string | string[] | undefined): string {
  const own = 'Accept-Encoding';
  if (before === undefined) return own;
  const fields = String(before);
  return /(^|,)\s*(accept-encoding|\*)\s*(,|$)/i.test(fields) ? fields : `${fields}, ${own}`;
}

function joined(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header;
}

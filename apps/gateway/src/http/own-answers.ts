import { CachedBody, acceptedEncodings, entityTag, matchingTag } from '@registrar/cache';
import type { Encoding } from '@registrar/cache';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Emitted on the response when an own answer is made, however long the client then takes to read it. */
export const answerMade = Symbol('answer made');

/**
 * Puts an ETag on the JSON that the gateway's own routes answer to GET, packs it where the client takes that,
 * and says 304 where it is known already. What belongs to one person is never kept by others.
 */
export function answerOwnReads(fastify: FastifyInstance): void {
  fastify.addHook('onSend', async (request, reply, payload) => {
    const made = await madeOf(request, reply, payload);
    reply.raw.emit(answerMade);
    return made;
  });
}

async function madeOf(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (!reads || reply.statusCode !== 200 || typeof payload !== 'string') return payload;
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'private, no-cache');
  return sendBody(request, reply, CachedBody.of(payload));
}

/**
 * The payload of a GET that has `body`, with its headers set: packed where the client takes that, none with 304
 * where it knows it already.
 */
export async function sendBody(
  request: FastifyRequest,
  reply: FastifyReply,
  body: CachedBody,
): Promise<Buffer | null> {
  if (!reply.raw.hasHeader('vary')) reply.header('vary', 'Accept-Encoding');
  const tags = (['identity', 'br', 'gzip'] as Encoding[]).map((encoding) =>
    entityTag(body, undefined, encoding),
  );
  const held = matchingTag(request.headers['if-none-match'], tags);
  if (held !== undefined) {
    reply.code(304).header('etag', `"${held}"`);
    reply.removeHeader('content-type');
    reply.removeHeader('content-length');
    return null;
  }
  const { encoding, bytes } = await formOf(body, request.headers['accept-encoding'] as string | undefined);
  reply.header('etag', `"${entityTag(body, undefined, encoding)}"`).header('content-length', bytes.length);
  if (encoding !== 'identity') reply.header('content-encoding', encoding);
  return bytes;
}

async function formOf(
  body: CachedBody,
  accept: string | undefined,
): Promise<{ encoding: Encoding; bytes: Buffer }> {
  for (const encoding of acceptedEncodings(accept)) {
    if (encoding === 'identity') break;
    const bytes = await body.form(encoding);
    if (bytes) return { encoding, bytes };
  }
  return { encoding: 'identity', bytes: body.bytes };
}

import { StreamableFile } from '@nestjs/common';
import { CachedBody, conditionalAnswer } from '@registrar/cache';
import type { Route } from '@registrar/contracts-http';
import { respond } from '@registrar/idempotency';
import type { Answer, Answered } from '@registrar/idempotency';
import type { Exchange } from '../call/read-call.ts';
import { encodedFile } from './file-answer.ts';
import { isCachedAnswer } from './cached-answer.ts';
import type { CachedAnswer } from './cached-answer.ts';

/** Puts what a handler gave on the reply, as its route promises it, and gives what is sent as its body. */
type Answerer = (result: unknown, exchange: Exchange) => unknown;

/**
 * Answers for `route`: status and headers of stored answers (`Idempotency-Replayed`), and for reads ETag, 304,
 * encodings, `Cache-Control` and `Cache-Status`.
 */
export function answererOf(route: Route): Answerer {
  return (result, exchange) => {
    const { reply } = exchange;
    if (reply.sent) return undefined;
    if (isCachedAnswer(result)) return sendCachedAnswer(route, result, exchange);
    if (result instanceof StreamableFile) return answerFile(route, result, exchange);
    if (isAnswer(result)) {
      void reply.header('cache-control', route.cache.control);
      return respond(reply, { replayed: false, ...result });
    }
    if (route.conditional === 'etag')
      return sendCachedAnswer(
        route,
        { body: CachedBody.of(JSON.stringify(result)), source: 'load' },
        exchange,
      );
    void reply.header('cache-control', route.cache.control);
    return result;
  };
}

async function sendCachedAnswer(
  { cache, conditional }: Route,
  held: CachedAnswer,
  { request, reply }: Exchange,
): Promise<Buffer | undefined> {
  const { status, headers, bytes } = await conditionalAnswer(request.headers, held, {
    cacheControl: held.cacheControl ?? cache.control,
    cacheName: cache.name,
    isConditional: conditional === 'etag',
    ...(held.etagPrefix !== undefined && { etagPrefix: held.etagPrefix }),
    vary: reply.getHeader('vary'),
  });
  const { 'content-type': type, ...others } = held.headers ?? {};
  // A 304 too: a client takes its headers over to what it holds.
  void reply.code(status).headers({ ...headers, ...others });
  if (type !== undefined && status === 200) void reply.header('content-type', type);
  return bytes;
}

function answerFile({ cache }: Route, result: StreamableFile, { request, reply }: Exchange): StreamableFile {
  const { file, encoding } = encodedFile(result, String(request.headers['accept-encoding'] ?? ''));
  void reply.headers({ 'cache-control': cache.control, vary: 'Accept, Accept-Encoding' });
  if (encoding !== 'identity') void reply.header('content-encoding', encoding);
  return file;
}

function isAnswer(result: unknown): result is Answer | Answered {
  if (typeof result !== 'object' || result === null || !('body' in result)) return false;
  return 'status' in result && typeof result.status === 'number';
}

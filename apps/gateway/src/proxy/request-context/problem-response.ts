import type { IncomingMessage, ServerResponse } from 'node:http';
import { Logger } from '@nestjs/common';
import { problemContentType, problemDocument, toProblem, traceOf, traceparentOf } from '@registrar/service';
import { safetyHeaders } from '../../http/safety-headers.ts';

const logger = new Logger('EdgeProxy');

/**
 * Sends `error` as problem details, without Nest; an answer that has begun is cut off.
 * Faults of ours are logged with their cause.
 *
 * @param ownHeaders further ones, such as those of the rate limit
 */
export function sendProblem(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  ownHeaders: Record<string, string> = {},
): void {
  const problem = toProblem(error);
  if (problem.status === 500) logger.error({ err: problem.extras.cause ?? problem }, problem.message);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const trace = traceOf(request);
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  // A text goes out with the head in one piece, where bytes would make two.
  const body = JSON.stringify(problemDocument(problem, path, trace.traceId));
  response.writeHead(problem.status, {
    'cache-control': 'no-store',
    ...safetyHeaders,
    ...ownHeaders,
    traceparent: traceparentOf(trace),
    'x-request-id': trace.requestId,
    ...problem.extras.headers,
    'content-type': problemContentType,
    'content-length': Buffer.byteLength(body),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

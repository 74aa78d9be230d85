import type { FastifyReply, FastifyRequest } from 'fastify';
import { traceOf } from '../tracing/trace-context.ts';
import { everyAnswer } from './every-answer.ts';
import { problemContentType, problemDocument } from './problem-document.ts';
import { Problem } from './problem.ts';

const invalid = new Problem(400, 'invalid_path', 'The path is not valid UTF-8.');
const tooLong = new Problem(404, 'not_found', 'There is nothing at this path.');

/**
 * Answers what Fastify's router refuses before any hook or filter: a path that is no UTF-8 (400 `invalid_path`), and
 * one with a segment longer than any id (404 `not_found`).
 */
export function refuseBadPath(error: { code: string }, request: FastifyRequest, reply: FastifyReply): void {
  const problem = error.code === 'FST_ERR_MAX_PARAM_LENGTH' ? tooLong : invalid;
  const trace = traceOf(request.raw);
  const path = request.url.split('?', 1)[0] ?? '/';
  const body = JSON.stringify(problemDocument(problem, path, trace.traceId));
  reply.raw.writeHead(problem.status, {
    ...everyAnswer(trace),
    'cache-control': 'no-store',
    'content-type': problemContentType,
    'content-length': Buffer.byteLength(body),
  });
  reply.raw.end(request.method === 'HEAD' ? undefined : body);
}

import { Catch, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RouteTable } from '../bootstrap/route-table.ts';
import { traceOf } from '../tracing/trace-context.ts';
import { oauthErrorOf, usesOAuthErrors } from './oauth-error.ts';
import { problemContentType, problemDocument, toProblem } from './problem-document.ts';
import { Problem } from './problem.ts';
import { refusalListenerOf } from './refusal-listener.ts';

/**
 * The one place where an error becomes an answer.
 *
 * Guarantee: `application/problem+json` with a stable code (or OAuth's body, where the route says so), never a stack
 * trace. Server faults are logged with their cause; client faults are not.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(private readonly routes: RouteTable) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Sends `error` as the answer of `request`, or ends the connection where the answer has begun. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = this.withAllowedMethods(toProblem(error), request);
    this.log(problem);
    if (problem.status === 403) refusalListenerOf(request)?.(problem, request);
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    const path = request.url.split('?', 1)[0] ?? '/';
    const oauth = usesOAuthErrors(request) ? oauthErrorOf(problem) : undefined;
    const body = oauth?.body ?? problemDocument(problem, path, traceOf(request.raw).traceId);
    void reply
      .status(oauth?.status ?? problem.status)
      .headers({ 'cache-control': 'no-store', ...problem.extras.headers })
      .header('content-type', oauth ? 'application/json; charset=utf-8' : problemContentType)
      .send(JSON.stringify(body));
  }

  /** A fault of ours with its stack; an overload or a part that is away in one short line, for there may be many. */
  private log(problem: Problem): void {
    const { cause } = problem.extras;
    if (problem.status === 500)
      this.logger.error({ err: cause ?? problem, code: problem.code }, problem.message);
    else if (problem.status > 500) {
      const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : undefined;
      this.logger.warn({ code: problem.code, reason }, problem.message);
    }
  }

  private withAllowedMethods(problem: Problem, request: FastifyRequest): Problem {
    if (problem.code !== 'not_found') return problem;
    const allowed = this.routes.methodsOf(request.url);
    if (allowed.length === 0 || allowed.includes(request.method)) return problem;
    return new Problem(405, 'method_not_allowed', `${request.method} is not possible here.`, {
      params: { method: request.method },
      headers: { allow: allowed.join(', ') },
    });
  }
}

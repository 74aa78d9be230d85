import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { routeOf } from '@registrar/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mergeMap } from 'rxjs';
import type { Observable } from 'rxjs';
import { offersOthers } from '../call/read-call.ts';
import { answerOf } from './answer-of.ts';

/**
 * Makes what a handler gave into the answer that its route promises: status and headers of stored answers
 * (`Idempotency-Replayed`), and for reads ETag, 304, encodings, `Cache-Control` and `Cache-Status`.
 */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const route = context.getType() === 'http' ? routeOf(context) : undefined;
    if (!route) return next.handle();
    const http = context.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    if (offersOthers(route)) void reply.header('vary', 'Accept');
    return next.handle().pipe(mergeMap((given) => answerOf(route, given, request, reply)));
  }
}

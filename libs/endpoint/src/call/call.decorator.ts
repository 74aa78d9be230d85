import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { routeOf } from '@registrar/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readCall } from './read-call.ts';

/** The first parameter of an `@Endpoint`, put there by it. */
export const TheCall = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const route = routeOf(context);
  if (!route) throw new Error('A handler without @Endpoint has no call.');
  const http = context.switchToHttp();
  return readCall(route, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
});

import { HttpCode, RequestMapping, RequestMethod, SetMetadata } from '@nestjs/common';
import type { StreamableFile } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { HandlerResultOf, Route } from '@registrar/contracts-http';
import { statusOf } from '@registrar/contracts-http';
import type { Answer } from '@registrar/idempotency';
import { oauthErrors, routeKey } from '@registrar/service';
import { answererOf } from './answers/answer-of.ts';
import { readAuditOf } from './audit/read-audit.ts';
import type { CachedAnswer } from './answers/cached-answer.ts';
import { TheCall } from './call/call.decorator.ts';
import type { Call } from './call/call.ts';
import { exchangeOf, readerOf } from './call/read-call.ts';

/**
 * What a handler gives: the body of the route's good answer; that with a status and headers of its own (as requests
 * with an `Idempotency-Key` have); bytes from a cache; or a file. Nothing where it answers with a stream.
 */
type HandlerResult<R extends Route> =
  | HandlerResultOf<R>
  | Answer<HandlerResultOf<R>>
  | CachedAnswer
  | StreamableFile
  | (R['stream'] extends 'never' ? never : void);

type Handler<R extends Route> = (
  call: Call<R>,
  ...rest: never[]
) => HandlerResult<R> | Promise<HandlerResult<R>>;

/**
 * Makes a method the handler of `route`: path, method, who may call, input and output follow from the
 * contract. The method's first parameter is the `Call`; it gets no raw request and no reply.
 *
 * Refused before the method runs: no good token 401, not the right role 403, any parameter, query or body that does
 * not fit 422 with every fault, a bad or missing `Idempotency-Key` 400. What the method gives becomes the answer that
 * the route promises (`answererOf`), an audited read once it is recorded: here, around the method, and not in an
 * interceptor of Nest's, whose observables cost a read from a cache a fifth more CPU (192 and 162 us, the medians of
 * eight turns on a busy machine).
 */
export function Endpoint<const R extends Route>(route: R) {
  const answer = answererOf(route);
  const recordRead = readAuditOf(route);
  return <H extends Handler<R>>(
    target: object,
    name: string,
    descriptor: TypedPropertyDescriptor<H>,
  ): void => {
    const handle = descriptor.value as unknown as (call: Call<R>, ...rest: unknown[]) => unknown;
    const answered = async function (this: object, call: Call<R>, ...rest: unknown[]): Promise<unknown> {
      const exchange = exchangeOf(call);
      const result = await handle.call(this, call, ...rest);
      if (recordRead) await recordRead(call);
      return answer(result, exchange);
    };
    descriptor.value = answered as unknown as H;
    const parts: MethodDecorator[] = [
      SetMetadata(routeKey, route),
      RequestMapping({ method: RequestMethod[route.method], path: route.path }),
      HttpCode(statusOf(route)),
      ...(route.errors === 'oauth' ? [RouteConfig(oauthErrors)] : []),
    ];
    for (const part of parts) part(target, name, descriptor);
    TheCall(readerOf(route))(target, name, 0);
  };
}

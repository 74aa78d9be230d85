import type { ExecutionContext } from '@nestjs/common';
import type { Route } from '@registrar/contracts-http';

/** Metadata under which a handler has its route contract. */
export const routeKey = 'registrar:route';

/** The route contract of the handler that runs; undefined for a handler that is not of HTTP. */
export function routeOf(context: Pick<ExecutionContext, 'getHandler'>): Route | undefined {
  return Reflect.getMetadata(routeKey, context.getHandler()) as Route | undefined;
}

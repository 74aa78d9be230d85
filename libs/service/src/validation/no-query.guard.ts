import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyRequest } from 'fastify';
import { validationFailed } from '../problems/problem.ts';

type Parameters = Record<string, { schema?: unknown }>;

/**
 * Refuses a query at every route that has no schema for one (`@Query({ schema })`), as an unknown field is refused in
 * a body. A route that is added takes no query until it says which. Failure: Problem 422 that names each parameter.
 */
export class NoQueryGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http' || hasQuerySchema(context)) return true;
    const { query } = context.switchToHttp().getRequest<FastifyRequest>();
    refuseUnknownParameters(Object.keys(query ?? {}));
    return true;
  }
}

/** @throws Problem 422 that names each of `names`, if there are any */
export function refuseUnknownParameters(names: Iterable<string>): void {
  const faults = [...new Set(names)].map((path) => ({ path, message: 'This field is not known.' }));
  if (faults.length > 0) throw validationFailed(faults);
}

function hasQuerySchema(context: ExecutionContext): boolean {
  const parameters = (Reflect.getMetadata(
    ROUTE_ARGS_METADATA,
    context.getClass(),
    context.getHandler().name,
  ) ?? {}) as Parameters;
  return Object.entries(parameters).some(
    ([key, { schema }]) => key.startsWith(`${RouteParamtypes.QUERY}:`) && schema !== undefined,
  );
}

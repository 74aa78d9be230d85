import { Injectable, SetMetadata } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { validationFailed } from '@registrar/service';
import type { FastifyRequest } from 'fastify';

const takesQuery = 'registrar:takes-query';

/** The route has a query, and a schema for it. */
export const TakesQuery = () => SetMetadata(takesQuery, true);

/** Refuses a query at routes that have none, as an unknown field is refused in a body. */
@Injectable()
export class NoQueryGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http' || this.reflector.get<boolean>(takesQuery, context.getHandler()))
      return true;
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

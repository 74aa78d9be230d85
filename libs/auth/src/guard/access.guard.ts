import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { forbidden, routeOf, unauthorized } from '@registrar/service';
import { withRightsOn } from '../identity/client-rights.ts';
import { hasRole } from '../identity/identity.ts';
import { ServiceTokens } from '../tokens/service-tokens.ts';
import { TokenVerifier, bearerToken } from '../tokens/token-verifier.ts';
import { identityKey } from './identified-request.ts';
import type { IdentifiedRequest } from './identified-request.ts';

/**
 * Guards every HTTP route by the `caller` of its contract: `anonymous` ignores tokens, `public` verifies one that is
 * sent, all others need one, and the role where one is named. An API client is let onto routes whose scope it has,
 * as a registrar, and onto public ones. A route for services takes the service token of the services that it names,
 * and nothing else.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly verifier: TokenVerifier,
    private readonly services: ServiceTokens,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const isHttp = context.getType() === 'http';
    const route = isHttp ? routeOf(context) : undefined;
    const caller = isHttp ? route?.caller : 'anonymous';
    if (caller === 'anonymous') return true;
    const request = context.switchToHttp().getRequest<IdentifiedRequest>();
    const { authorization } = request.headers as { authorization?: string };
    if (typeof caller === 'object') {
      const service = this.services.verify(bearerToken(authorization ?? '') ?? '');
      if (!caller.services.some((name) => name === service)) throw forbidden();
      return true;
    }
    const verified = await this.verifier.fromHeader(authorization);
    const identity = verified && withRightsOn(verified, route);
    if (identity) request[identityKey] = identity;
    else if (caller !== 'public') throw unauthorized();
    const isRole = caller === 'instructor' || caller === 'registrar' || caller === 'admin';
    if (isRole && !hasRole(identity, caller)) throw forbidden();
    return true;
  }
}

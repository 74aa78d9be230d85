import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { forbidden, tokenlessRoute, unauthorized } from '@registrar/service';
import { hasRole } from '../identity/identity.ts';
import type { Role } from '../identity/identity.ts';
import { ServiceTokens } from '../tokens/service-tokens.ts';
import { TokenVerifier, bearerToken } from '../tokens/token-verifier.ts';
import { identityKey, internalRoute, publicRoute, rolesOfRoute } from './access.decorators.ts';
import type { IdentifiedRequest } from './access.decorators.ts';

/**
 * Guards every HTTP route: a token is needed unless the route is `@Public()`, roles where `@Roles()` says so,
 * a service token and nothing else for `@Internal()`; nothing is looked at for `@Tokenless()`.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: TokenVerifier,
    private readonly services: ServiceTokens,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http' || this.read<boolean>(tokenlessRoute, context)) return true;
    const request = context.switchToHttp().getRequest<IdentifiedRequest>();
    const { authorization } = request.headers as { authorization?: string };
    if (this.read<boolean>(internalRoute, context)) {
      this.services.verify(bearerToken(authorization ?? '') ?? '');
      return true;
    }
    const identity = await this.verifier.fromHeader(authorization);
    if (identity) request[identityKey] = identity;
    else if (!this.read<boolean>(publicRoute, context)) throw unauthorized();
    const roles = this.read<Role[]>(rolesOfRoute, context);
    if (roles && !roles.some((role) => hasRole(identity, role))) throw forbidden();
    return true;
  }

  private read<T>(key: string, context: ExecutionContext): T | undefined {
    return this.reflector.getAllAndOverride<T | undefined>(key, [context.getHandler(), context.getClass()]);
  }
}

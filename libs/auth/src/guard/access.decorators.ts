import { SetMetadata, createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { tokenlessRoute } from '@registrar/service';
import type { Identity, Role } from '../identity/identity.ts';

/** Metadata that marks a route that asks for no token. */
export const publicRoute = 'registrar:public';

/** Metadata under which the guard finds the roles of a route. */
export const rolesOfRoute = 'registrar:roles';

/** Metadata that marks a route for services only. */
export const internalRoute = 'registrar:internal';

/** Where the guard leaves who asks. */
export const identityKey = Symbol('identity');

/** A request that has passed the guard. */
export interface IdentifiedRequest {
  headers: Record<string, string | string[] | undefined>;
  [identityKey]?: Identity;
}

/** The route asks for no token; one that is sent must be good. */
export const Public = () => SetMetadata(publicRoute, true);

/** The route reads no token: one that is sent, even a stale one, changes nothing. For calls that give tokens out. */
export const Tokenless = () => SetMetadata(tokenlessRoute, true);

/** Only who has one of `roles` (an admin counts as a registrar); others get 403. */
export const Roles = (...roles: Role[]) => SetMetadata(rolesOfRoute, roles);

/** Only for other services, by their service token. */
export const Internal = () => SetMetadata(internalRoute, true);

/** Who asks, in a route that needs a token. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext): Identity => {
  const identity = context.switchToHttp().getRequest<IdentifiedRequest>()[identityKey];
  if (!identity) throw new Error('CurrentUser stands in a public route: use OptionalUser there.');
  return identity;
});

/** Who asks, where somebody said so, in a public route. */
export const OptionalUser = createParamDecorator(
  (_: unknown, context: ExecutionContext) =>
    context.switchToHttp().getRequest<IdentifiedRequest>()[identityKey],
);

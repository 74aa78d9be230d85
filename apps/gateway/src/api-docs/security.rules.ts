import { gatewayRoutes } from '@registrar/contracts-gateway';
import { scopes } from '@registrar/contracts-http';
import type { Route } from '@registrar/contracts-http';
import type { JsonSchema } from './json-schemas.ts';

/** How callers show who they are: people, and API clients. */
export const securitySchemes: JsonSchema = {
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT (ES256), from POST /api/auth/login',
  },
  clientCredentials: {
    type: 'oauth2',
    description: 'For programs of the campus; an admin makes them at /api/clients.',
    flows: { clientCredentials: { tokenUrl: gatewayRoutes.issueToken.path, scopes } },
  },
};

/** What a call of `route` needs, one of several; `{}` is nothing. */
export function securityOf({ caller, scope }: Pick<Route, 'caller' | 'scope'>): JsonSchema[] {
  const isOpen = caller === 'public' || caller === 'anonymous';
  return [
    ...(isOpen ? [{}] : []),
    { accessToken: [] },
    ...(scope === undefined ? [] : [{ clientCredentials: [scope] }]),
  ];
}

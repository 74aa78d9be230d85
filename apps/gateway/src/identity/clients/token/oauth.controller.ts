import { Controller, Headers, Inject } from '@nestjs/common';
import type { AuthorizationServer } from '@registrar/contracts-gateway';
import { gatewayRoutes as routes } from '@registrar/contracts-gateway';
import { scopeNames } from '@registrar/contracts-http';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { CONFIG } from '@registrar/service';
import { publicUrlOf } from '../../../config/gateway-config.ts';
import type { GatewayConfig } from '../../../config/gateway-config.ts';
import { ClientAddress } from '../../../http/client-address.ts';
import { TokenService } from './token.service.ts';

/** OAuth 2.0 for API clients: their tokens, and where to get them. */
@Controller()
export class OAuthController {
  private readonly metadata: AuthorizationServer;

  constructor(
    @Inject(CONFIG) config: Pick<GatewayConfig, 'PUBLIC_URL' | 'LINK_BASE'>,
    private readonly tokens: TokenService,
  ) {
    this.metadata = metadataAt(publicUrlOf(config));
  }

  @Endpoint(routes.issueToken)
  issue(
    { body }: Call<typeof routes.issueToken>,
    @ClientAddress() address: string,
    @Headers('authorization') authorization: string | undefined,
  ) {
    return this.tokens.issue({ form: body, authorization, address });
  }

  @Endpoint(routes.authorizationServer)
  describe() {
    return this.metadata;
  }
}

function metadataAt(origin: string): AuthorizationServer {
  return {
    issuer: origin,
    token_endpoint: `${origin}${routes.issueToken.path}`,
    jwks_uri: `${origin}${routes.keys.path}`,
    scopes_supported: [...scopeNames],
    // No grant of this server has a response type, but the standard wants the member.
    response_types_supported: [],
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    service_documentation: `${origin}/api/docs`,
  };
}

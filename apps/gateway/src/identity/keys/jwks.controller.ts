import { Controller } from '@nestjs/common';
import { gatewayRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import { SigningKeys } from './signing-keys.ts';

/** The public keys of access tokens. */
@Controller()
export class JwksController {
  constructor(private readonly keys: SigningKeys) {}

  @Endpoint(routes.keys)
  jwks() {
    return this.keys.jwks();
  }
}

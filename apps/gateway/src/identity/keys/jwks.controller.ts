import { Controller, Get, Header } from '@nestjs/common';
import { Tokenless } from '@registrar/auth';
import { SigningKeys } from './signing-keys.ts';

/** The public keys of access tokens. */
@Controller('.well-known')
export class JwksController {
  constructor(private readonly keys: SigningKeys) {}

  @Tokenless()
  @Get('jwks.json')
  @Header('cache-control', 'public, max-age=5')
  jwks() {
    return this.keys.jwks();
  }
}

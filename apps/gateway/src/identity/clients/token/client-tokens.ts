import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { Scope } from '@registrar/contracts-http';
import { CONFIG } from '@registrar/service';
import type { GatewayConfig } from '../../../config/gateway-config.ts';
import { SigningKeys } from '../../keys/signing-keys.ts';
import { accessTokenLifetime } from '../../sessions/session.ts';
import type { ClientRecord } from '../client.ts';

/** Makes access tokens of API clients: JWT of type `at+jwt` (RFC 9068), ES256, for 15 minutes. */
@Injectable()
export class ClientTokens {
  private readonly jwt = new JwtService({});

  constructor(
    @Inject(CONFIG) private readonly config: GatewayConfig,
    private readonly keys: SigningKeys,
  ) {}

  /** A token of `client` for `scopes`, some of those that it has. */
  make(client: Pick<ClientRecord, 'id' | 'tokenVersion'>, scopes: readonly Scope[]): Promise<string> {
    const { kid, privateKey } = this.keys.signer();
    return this.jwt.signAsync(
      { client_id: client.id, scope: scopes.join(' '), ver: client.tokenVersion },
      {
        algorithm: 'ES256',
        header: { alg: 'ES256', typ: 'at+jwt' },
        keyid: kid,
        privateKey,
        subject: client.id,
        jwtid: randomUUID(),
        issuer: this.config.TOKEN_ISSUER,
        audience: this.config.TOKEN_AUDIENCE,
        expiresIn: accessTokenLifetime,
      },
    );
  }
}

import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { CONFIG } from '@registrar/service';
import { rolesOf } from '../accounts/user.ts';
import type { Account } from '../accounts/user.ts';
import type { GatewayConfig } from '../../config/gateway-config.ts';
import { SigningKeys } from '../keys/signing-keys.ts';
import { accessTokenLifetime } from './session.ts';

/** Makes access tokens: ES256, for 15 minutes at most. */
@Injectable()
export class AccessTokens {
  private readonly jwt = new JwtService({});

  constructor(
    @Inject(CONFIG) private readonly config: GatewayConfig,
    private readonly keys: SigningKeys,
  ) {}

  /** A token of `account` in the session `sessionId`. @param expiresIn seconds that it lives */
  async make(account: Account, sessionId: string, expiresIn = accessTokenLifetime): Promise<string> {
    const { kid, privateKey } = this.keys.signer();
    return this.jwt.signAsync(
      { roles: rolesOf(account), sid: sessionId, ver: account.tokenVersion },
      {
        algorithm: 'ES256',
        keyid: kid,
        privateKey,
        subject: account.id,
        jwtid: randomUUID(),
        issuer: this.config.TOKEN_ISSUER,
        audience: this.config.TOKEN_AUDIENCE,
        expiresIn,
      },
    );
  }
}

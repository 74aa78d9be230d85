import { createSecretKey } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { CONFIG, SERVICE_NAME, steadyNow, unauthorized } from '@registrar/service';
import type { ServiceConfig } from '@registrar/service';
import { bearerToken } from './token-verifier.ts';

/** Seconds that a token of an internal call is good for. */
const lifetimeSeconds = 60;

/**
 * The tokens of calls between services: short-lived, for one callee each, HS256 with the secret that all
 * services share. No user can have one, and the gateway routes no internal path.
 */
@Injectable()
export class ServiceTokens {
  private readonly jwt: JwtService;
  private readonly made = new Map<string, { token: string; renewAt: number }>();

  constructor(
    @Inject(CONFIG) config: ServiceConfig,
    @Inject(SERVICE_NAME) private readonly service: string,
  ) {
    const key = createSecretKey(Buffer.from(config.SERVICE_TOKEN_SECRET));
    this.jwt = new JwtService({ secretOrKeyProvider: () => key, verifyOptions: { algorithms: ['HS256'] } });
  }

  /** A token with which this service may call `callee`; the same one for half its life. */
  for(callee: string): string {
    const known = this.made.get(callee);
    if (known && known.renewAt > steadyNow()) return known.token;
    const signing = {
      algorithm: 'HS256',
      expiresIn: lifetimeSeconds,
      audience: callee,
      issuer: this.service,
    } as const;
    const token = this.jwt.sign({}, signing);
    this.made.set(callee, { token, renewAt: steadyNow() + lifetimeSeconds * 500 });
    return token;
  }

  /** The name of the calling service. @throws Problem 401 for anything but a token meant for this service */
  verify(token: string): string {
    try {
      return this.jwt.verify<{ iss: string }>(token, { audience: this.service }).iss;
    } catch {
      throw unauthorized('This path is for services only.');
    }
  }

  /** The service behind an `Authorization` header; undefined without a token meant for this service. */
  callerOf(authorization = ''): string | undefined {
    try {
      return this.verify(bearerToken(authorization) ?? '');
    } catch {
      return undefined;
    }
  }
}

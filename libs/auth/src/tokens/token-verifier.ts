import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { CONFIG, Problem, unauthorized } from '@registrar/service';
import type { ServiceConfig } from '@registrar/service';
import { LRUCache } from 'lru-cache';
import type { Identity } from '../identity/identity.ts';
import { KEY_SOURCE } from '../keys/key-source.ts';
import type { KeySource } from '../keys/key-source.ts';
import { identityOf } from './claims.rules.ts';
import type { VerifiedToken } from './claims.rules.ts';

/** Verified tokens remembered: 2,000 users at once, with room; about 1 KB each. */
const cacheSize = 20_000;
const maxTokenLength = 4_096;
/** Clocks of two machines may differ by this many seconds. */
const clockTolerance = 5;

/**
 * Verifies access tokens, of people and of API clients: ES256 only, issuer and audience pinned, key by `kid`.
 *
 * A token once verified is remembered by its bytes, since a signature costs 70-90 us and a look-up 1-3; its
 * expiry is checked again at each use. Failure: Problem 401 with `WWW-Authenticate`.
 */
@Injectable()
export class TokenVerifier {
  private readonly verified = new LRUCache<string, Identity>({ max: cacheSize });
  private readonly jwt: JwtService;

  constructor(@Inject(CONFIG) config: ServiceConfig, @Inject(KEY_SOURCE) keys: KeySource) {
    this.jwt = new JwtService({
      secretOrKeyProvider: async (_type, token) => {
        const header = this.jwt.decode(String(token), { complete: true })?.header;
        const key = header?.kid === undefined ? undefined : await keys.keyOf(header.kid);
        if (!key) throw unauthorized('The access token is signed with an unknown key.');
        return key;
      },
      verifyOptions: {
        algorithms: ['ES256'],
        issuer: config.TOKEN_ISSUER,
        audience: config.TOKEN_AUDIENCE,
        clockTolerance,
      },
    });
  }

  /** The identity behind an `Authorization` header; undefined where there is none. @throws Problem 401 */
  async fromHeader(authorization: string | undefined): Promise<Identity | undefined> {
    if (authorization === undefined) return undefined;
    const token = bearerToken(authorization);
    if (token === undefined) throw unauthorized('Send the access token as "Authorization: Bearer <token>".');
    return this.remembered(token) ?? (await this.verify(token));
  }

  /** The identity of a token that was verified before and has not expired since. */
  remembered(token: string): Identity | undefined {
    const identity = this.verified.get(token);
    if (identity && !this.hasExpired(identity)) return identity;
    if (identity) this.verified.delete(token);
    return undefined;
  }

  /** Whether the token that carried `identity` has expired since it was verified. */
  hasExpired({ expiresAt }: Pick<Identity, 'expiresAt'>): boolean {
    return expiresAt + clockTolerance <= Date.now() / 1000;
  }

  /** Clears the cache of verified tokens: a key was withdrawn. */
  forget(): void {
    this.verified.clear();
  }

  private async verify(token: string): Promise<Identity> {
    const identity = identityOf(await this.verifiedToken(token));
    if (!identity) throw unauthorized('The access token is not complete.');
    this.verified.set(token, identity);
    return identity;
  }

  private async verifiedToken(token: string): Promise<VerifiedToken> {
    try {
      return await this.jwt.verifyAsync<VerifiedToken>(token, { complete: true });
    } catch (error) {
      if (error instanceof Problem) throw error;
      const expired = error instanceof Error && error.name === 'TokenExpiredError';
      throw unauthorized(expired ? 'The access token has expired.' : 'The access token is not valid.');
    }
  }
}

/** The token of an `Authorization: Bearer` header, or undefined where it is none. */
export function bearerToken(authorization: string): string | undefined {
  if (authorization.length > maxTokenLength || !/^bearer [\w.-]+$/i.test(authorization)) return undefined;
  return authorization.slice(7);
}

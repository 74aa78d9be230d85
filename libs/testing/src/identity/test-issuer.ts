import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { ValueProvider } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { KEY_SOURCE } from '@registrar/auth';
import type { KeySource, Role } from '@registrar/auth';
import type { Scope } from '@registrar/contracts-http';

/** Whose token, and what is unusual about it. */
interface TestToken {
  id: string;
  roles?: Role[];
  sessionId?: string;
  /** Seconds; negative for one that has expired. */
  expiresIn?: number;
  issuer?: string;
  audience?: string;
}

/** The API client that tests call as. */
export const testClient = 'client_aaaaaaaaaaaaaaaaaaaa';

/** Signs access tokens as the gateway does, with a key of its own, so that a service can be tested alone. */
export class TestIssuer implements KeySource {
  private readonly pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private readonly jwt: JwtService;

  /** For `AuthModule.forRoot(issuer.keySource)`. */
  readonly keySource: ValueProvider<KeySource> = { provide: KEY_SOURCE, useValue: this };

  constructor(readonly kid = 'test-key') {
    this.jwt = new JwtService({ secretOrKeyProvider: () => this.pair.privateKey });
  }

  keyOf(kid: string): Promise<KeyObject | undefined> {
    return Promise.resolve(kid === this.kid ? this.pair.publicKey : undefined);
  }

  /** The public key as the gateway's `/.well-known/jwks.json` shows it. */
  jwks(): { keys: object[] } {
    return {
      keys: [{ ...this.pair.publicKey.export({ format: 'jwk' }), kid: this.kid, alg: 'ES256', use: 'sig' }],
    };
  }

  token({
    id,
    roles = ['student'],
    sessionId = `ses_${id}`,
    expiresIn = 900,
    issuer,
    audience,
  }: TestToken): string {
    return this.jwt.sign(
      { roles, sid: sessionId },
      {
        algorithm: 'ES256',
        keyid: this.kid,
        subject: id,
        jwtid: randomUUID(),
        issuer: issuer ?? 'https://registrar.example',
        audience: audience ?? 'registrar',
        expiresIn,
      },
    );
  }

  /** `authorization` header with the token of an API client. */
  clientBearer(scopes: readonly Scope[], id = testClient): { authorization: string } {
    const token = this.jwt.sign(
      { client_id: id, scope: scopes.join(' ') },
      {
        algorithm: 'ES256',
        header: { alg: 'ES256', typ: 'at+jwt' },
        keyid: this.kid,
        subject: id,
        jwtid: randomUUID(),
        issuer: 'https://registrar.example',
        audience: 'registrar',
        expiresIn: 900,
      },
    );
    return { authorization: `Bearer ${token}` };
  }

  /** `authorization` header with a token. */
  bearer(token: TestToken): { authorization: string } {
    return { authorization: `Bearer ${this.token(token)}` };
  }
}

import { createHmac, generateKeyPairSync } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import { Problem } from '@registrar/service';
import type { ServiceConfig } from '@registrar/service';
import { describe, expect, it } from 'vitest';
import { TokenVerifier, bearerToken } from './token-verifier.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const config = { TOKEN_ISSUER: 'https://registrar.example', TOKEN_AUDIENCE: 'registrar' } as ServiceConfig;

function setUp() {
  let asked = 0;
  const keys = {
    keyOf: (kid: string) => {
      asked += 1;
      return Promise.resolve(kid === 'k1' ? publicKey : undefined);
    },
  };
  return { verifier: new TokenVerifier(config, keys), asked: () => asked };
}

const signer = new JwtService({ secretOrKeyProvider: () => privateKey });
const good = {
  algorithm: 'ES256',
  keyid: 'k1',
  subject: 'usr_1',
  jwtid: 'j1',
  issuer: config.TOKEN_ISSUER,
  audience: 'registrar',
} as const;

function token(options: object = {}, claims: object = { roles: ['student'], sid: 'ses_1' }) {
  return signer.sign(claims, { ...good, expiresIn: 900, ...options });
}

function unsigned(header: object, sign: (input: string) => string) {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    sub: 'usr_1',
    sid: 's',
    jti: 'j',
    iat: 1,
    exp: 9e9,
    roles: ['admin'],
    iss: good.issuer,
    aud: 'registrar',
  };
  const input = `${part(header)}.${part(claims)}`;
  return `${input}.${sign(input)}`;
}

describe('TokenVerifier', () => {
  it('gives the identity of a good token, and verifies the same one once', async () => {
    const { verifier, asked } = setUp();
    const header = `Bearer ${token()}`;
    expect(await verifier.fromHeader(header)).toMatchObject({
      id: 'usr_1',
      roles: ['student'],
      sessionId: 'ses_1',
      tokenId: 'j1',
    });
    await verifier.fromHeader(header);
    expect(asked()).toBe(1);
  });

  it('leaves out roles that it does not know', async () => {
    const identity = await setUp().verifier.fromHeader(
      `Bearer ${token({}, { roles: ['root', 'admin'], sid: 's' })}`,
    );
    expect(identity?.roles).toEqual(['admin']);
  });

  it('asks for no token where none was sent', async () => {
    expect(await setUp().verifier.fromHeader(undefined)).toBeUndefined();
  });

  it.each([
    ['of algorithm none', unsigned({ alg: 'none', kid: 'k1' }, () => '')],
    [
      'signed by the public key as an HMAC secret',
      unsigned({ alg: 'HS256', kid: 'k1' }, (input) =>
        createHmac('sha256', publicKey.export({ format: 'pem', type: 'spki' }))
          .update(input)
          .digest('base64url'),
      ),
    ],
    ['of another issuer', token({ issuer: 'https://elsewhere.example' })],
    ['for another audience', token({ audience: 'other' })],
    ['with an unknown key id', token({ keyid: 'k2' })],
    [
      'without a key id',
      new JwtService({ secretOrKeyProvider: () => privateKey }).sign({ sub: 'u' }, { algorithm: 'ES256' }),
    ],
    ['that has expired', token({ expiresIn: -60 })],
    ['without roles', token({}, { sid: 's' })],
    ['without a session', token({}, { roles: ['student'] })],
    [
      'that was tampered with',
      token().replace(/\.[^.]+\./, `.${Buffer.from('{"sub":"usr_2"}').toString('base64url')}.`),
    ],
    ['that is garbage', 'a.b.c'],
  ])('refuses a token %s', async (_, bad) => {
    const refusal = await setUp()
      .verifier.fromHeader(`Bearer ${bad}`)
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Problem);
    expect(refusal).toMatchObject({ status: 401, extras: { headers: { 'www-authenticate': 'Bearer' } } });
  });

  it('refuses a remembered token once it has expired', async () => {
    const { verifier } = setUp();
    const short = token({ expiresIn: 1 });
    await verifier.fromHeader(`Bearer ${short}`);
    const now = Date.now;
    Date.now = () => now() + 7_000;
    try {
      expect(verifier.remembered(short)).toBeUndefined();
    } finally {
      Date.now = now;
    }
  });

  it.each([
    '',
    'Bearer',
    'Bearer ',
    'Basic dXNlcg==',
    'Bearer a b',
    'Bearer a\r\nb',
    `Bearer ${'x'.repeat(5_000)}`,
  ])('takes no token from %j', (header) => expect(bearerToken(header)).toBeUndefined());
});

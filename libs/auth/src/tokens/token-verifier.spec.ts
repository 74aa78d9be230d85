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

  it('gives the identity of an API client, without roles and with the scopes that it knows', async () => {
    const header = { alg: 'ES256', typ: 'at+jwt' };
    const claims = { client_id: 'client_1', scope: 'users.read gone.write holds.write', ver: 3 };
    const bearer = `Bearer ${token({ header, subject: 'client_1' }, claims)}`;
    expect(await setUp().verifier.fromHeader(bearer)).toMatchObject({
      id: 'client_1',
      clientId: 'client_1',
      roles: [],
      scopes: ['holds.write', 'users.read'],
      sessionId: '',
      tokenId: 'j1',
      tokenVersion: 3,
    });
  });

  it('names no client and no scopes of a person', async () => {
    const identity = await setUp().verifier.fromHeader(`Bearer ${token()}`);
    expect(identity).not.toHaveProperty('clientId');
    expect(identity).not.toHaveProperty('scopes');
  });

  const ofPerson = { roles: ['admin'], sid: 'ses_1' };
  const ofClient = { client_id: 'client_1', scope: 'users.read' };

  it.each<[string, string, string | undefined, object]>([
    ["a person's claims as a client's type", 'usr_1', 'at+jwt', ofPerson],
    ["a person's claims as the long name of a client's type", 'usr_1', 'application/AT+JWT', ofPerson],
    ["a client's claims as a person's type", 'client_1', 'JWT', ofClient],
    ["a client's claims without a type", 'client_1', undefined, ofClient],
    ["both kinds of claims as a client's type", 'client_1', 'at+jwt', { ...ofClient, ...ofPerson }],
    ["both kinds of claims as a person's type", 'usr_1', 'JWT', { ...ofPerson, ...ofClient }],
    ['a client that is no client', 'usr_1', 'at+jwt', { ...ofClient, client_id: 'usr_1' }],
    ["a client's id with a person's claims", 'client_1', 'JWT', ofPerson],
    ['a client of another subject', 'client_2', 'at+jwt', ofClient],
    ['a client with a session', 'client_1', 'at+jwt', { ...ofClient, sid: 'ses_1' }],
    ['a client with roles', 'client_1', 'at+jwt', { ...ofClient, roles: ['admin'] }],
    ['a client without a scope', 'client_1', 'at+jwt', { client_id: 'client_1' }],
    ['a client whose scope is a list', 'client_1', 'at+jwt', { ...ofClient, scope: ['users.read'] }],
    ['a token of another type', 'usr_1', 'logout+jwt', ofPerson],
  ])('refuses %s, well signed', async (_, subject, typ, claims) => {
    const bearer = `Bearer ${token({ subject, header: { alg: 'ES256', typ } }, claims)}`;
    await expect(setUp().verifier.fromHeader(bearer)).rejects.toMatchObject({ status: 401 });
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

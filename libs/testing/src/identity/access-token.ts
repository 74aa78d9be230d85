import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { drawnId } from '../random/random.ts';

/** The key of a running system, as its own key file has it. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Longer than a token of the system lives, so that none expires in a long run. */
const lifetimeSeconds = 4 * 3_600;

/** Reads the key that signs now. */
export function readSigningKey(file: string): SigningKey {
  const { keys } = JSON.parse(readFileSync(file, 'utf8')) as {
    keys: { kid: string; signsFrom: string; privateKey: JsonWebKey }[];
  };
  const [entry] = keys
    .filter(({ signsFrom }) => Date.parse(signsFrom) <= Date.now())
    .sort((one, other) => Date.parse(other.signsFrom) - Date.parse(one.signsFrom));
  if (entry === undefined) throw new Error(`${file} has no key that signs now.`);
  const privateKey = createPrivateKey({ key: entry.privateKey, format: 'jwk' });
  return { kid: entry.kid, privateKey, publicKey: createPublicKey(privateKey) };
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/**
 * An access token as the gateway would give it to this user, made without signing in: thousands of password
 * hashes would take minutes and prove nothing.
 */
export function accessToken(key: SigningKey, userId: string, roles: readonly string[] = ['student']): string {
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    roles,
    sid: drawnId(Math.random, 'ses'),
    ver: 1,
    iat: now,
    exp: now + lifetimeSeconds,
    aud: 'registrar',
    iss: 'https://registrar.example',
    sub: userId,
    jti: drawnId(Math.random, 'tok'),
  };
  const input = `${part({ alg: 'ES256', typ: 'JWT', kid: key.kid })}.${part(claims)}`;
  const signature = sign('sha256', Buffer.from(input), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

/** The user of an `Authorization` header with a good token; undefined for any other. */
export function userOf(authorization: string | undefined, publicKey: KeyObject): string | undefined {
  const [header, claims, signature] = authorization?.replace(/^Bearer /, '').split('.') ?? [];
  if (header === undefined || claims === undefined || signature === undefined) return undefined;
  const isGood = verify(
    'sha256',
    Buffer.from(`${header}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!isGood) return undefined;
  const { sub, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as {
    sub: string;
    exp: number;
  };
  return exp > Date.now() / 1_000 ? sub : undefined;
}

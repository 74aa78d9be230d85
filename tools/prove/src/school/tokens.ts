import { createPrivateKey, sign } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { newId } from '@registrar/service';

/** Longer than any run, s. */
const lifetimeSeconds = 2 * 3_600;

/** Signs access tokens with the key of a running system, for nobody could sign in 10,000 students in time. */
export class TokenSigner {
  private readonly kid: string;
  private readonly key: KeyObject;

  /** @param file the key file of the system's gateway */
  constructor(file: string) {
    const { keys } = JSON.parse(readFileSync(file, 'utf8')) as {
      keys: { kid: string; signsFrom: string; privateKey: JsonWebKey }[];
    };
    const entry = keys
      .filter(({ signsFrom }) => Date.parse(signsFrom) <= Date.now())
      .sort((a, b) => Date.parse(b.signsFrom) - Date.parse(a.signsFrom))[0];
    if (!entry) throw new Error(`${file} has no key that signs now.`);
    this.kid = entry.kid;
    this.key = createPrivateKey({ key: entry.privateKey, format: 'jwk' });
  }

  /** A token as the gateway would give it to this user. */
  tokenOf(userId: string, roles: readonly string[]): string {
    const now = Math.floor(Date.now() / 1_000);
    const claims = {
      roles,
      sid: newId('ses'),
      ver: 1,
      iat: now,
      exp: now + lifetimeSeconds,
      aud: 'registrar',
      iss: 'https://registrar.example',
      sub: userId,
      jti: newId('tok'),
    };
    const input = `${part({ alg: 'ES256', typ: 'JWT', kid: this.kid })}.${part(claims)}`;
    const signature = sign('sha256', Buffer.from(input), { key: this.key, dsaEncoding: 'ieee-p1363' });
    return `${input}.${signature.toString('base64url')}`;
  }
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { newId } from '@registrar/service';
import { z } from 'zod';

const keyEntry = z.strictObject({
  kid: z.string().min(1).max(64),
  /** From when on it signs; published before, so that every service has it in time. RFC 3339. */
  signsFrom: z.iso.datetime(),
  privateKey: z.looseObject({ kty: z.literal('EC'), crv: z.literal('P-256') }),
});

const keyFile = z.strictObject({ keys: z.array(keyEntry).min(1).max(10) });

/** A key of the file. */
export type KeyEntry = z.infer<typeof keyEntry>;

/** A key that is ready to sign and to verify. */
export interface SigningKey {
  kid: string;
  /** Milliseconds since the epoch. */
  signsFrom: number;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/** A new key, P-256 for ES256. */
export function newKey(signsFrom: Date): KeyEntry {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = privateKey.export({ format: 'jwk' });
  return keyEntry.parse({ kid: newId('key'), signsFrom: signsFrom.toISOString(), privateKey: jwk });
}

/** The keys of a file. @throws Error that says what is wrong, without a word of the content */
export function readKeyFile(path: string): KeyEntry[] {
  const parsed = keyFile.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new Error(`SIGNING_KEYS_FILE is not valid: ${z.prettifyError(parsed.error)}`);
  return parsed.data.keys;
}

/** Replaces the file in one step; only its owner may read it. */
export function writeKeyFile(path: string, keys: KeyEntry[]): void {
  const next = `${path}.${process.pid}.next`;
  writeFileSync(next, `${JSON.stringify({ keys }, null, 2)}\n`, { mode: 0o600 });
  renameSync(next, path);
}

/** Makes the file with one key, unless somebody else did so first. */
export function createKeyFile(path: string): void {
  const next = `${path}.${process.pid}.new`;
  writeFileSync(next, `${JSON.stringify({ keys: [newKey(new Date(0))] }, null, 2)}\n`, { mode: 0o600 });
  try {
    linkSync(next, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(next);
  }
}

/** A key of the file, ready for use. */
export function signingKeyOf({ kid, signsFrom, privateKey }: KeyEntry): SigningKey {
  const key = createPrivateKey({ key: privateKey as JsonWebKey, format: 'jwk' });
  return { kid, signsFrom: Date.parse(signsFrom), privateKey: key, publicKey: createPublicKey(key) };
}

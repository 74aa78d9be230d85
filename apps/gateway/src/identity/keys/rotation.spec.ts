import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { until } from '@registrar/testing';
import type { GatewayConfig } from '../../config/gateway-config.ts';
import { createKeyFile, newKey, readKeyFile, writeKeyFile } from './key-file.ts';
import { keysInUse, publishedAfterMs, publishedBeforeMs, signerAt } from './rotation.rules.ts';
import { rotateKeyFile } from './rotate-key-file.ts';
import { SigningKeys } from './signing-keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the rules of rotation', () => {
  const [old, next] = [{ signsFrom: 0 }, { signsFrom: 1_000_000 }];

  it('let the newest key sign whose time has come', () => {
    expect(signerAt([next, old], 999_999)).toBe(old);
    expect(signerAt([next, old], 1_000_000)).toBe(next);
    expect(signerAt([next], 0)).toBe(next);
    expect(signerAt([], 0)).toBeUndefined();
  });

  it('publish a key before it signs, and until no token of it can be alive', () => {
    expect(keysInUse([old, next], 0)).toEqual([old, next]);
    expect(keysInUse([old, next], 1_000_000 + publishedAfterMs - 1)).toEqual([old, next]);
    expect(keysInUse([old, next], 1_000_000 + publishedAfterMs)).toEqual([next]);
    expect(publishedAfterMs).toBeGreaterThan(15 * 60_000);
  });
});

describe('the key file', () => {
  it('is made once, for its owner alone', () => {
    const path = join(folder, 'made.json');
    createKeyFile(path);
    const [first] = readKeyFile(path);
    createKeyFile(path);
    expect(readKeyFile(path)).toEqual([first]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is rotated: two keys then, the new one signing in a minute, and the old one gone when it is of no use', () => {
    const path = join(folder, 'rotated.json');
    writeKeyFile(path, [newKey(new Date(0))]);
    const [old] = readKeyFile(path);
    const now = Date.now();
    const { added } = rotateKeyFile(path, now);
    expect(readKeyFile(path)).toEqual([old, added]);
    expect(Date.parse(added.signsFrom)).toBe(now + publishedBeforeMs);
    expect(rotateKeyFile(path, now + publishedBeforeMs + publishedAfterMs).kept).toBe(1);
    expect(readKeyFile(path)).not.toContainEqual(old);
  });

  it('is taken up by a running gateway, which then shows both keys and signs with the old one for a minute', async () => {
    const path = join(folder, 'running.json');
    const keys = new SigningKeys({ SIGNING_KEYS_FILE: path, NODE_ENV: 'development' } as GatewayConfig);
    keys.onApplicationBootstrap();
    const { kid } = keys.signer();
    const { added } = rotateKeyFile(path, Date.now());
    await until(() => keys.jwks().keys.length === 2);
    expect(keys.signer().kid).toBe(kid);
    expect(await keys.keyOf(added.kid)).toBeDefined();
    void keys.onApplicationShutdown();
  });

  it('that is missing is a reason not to start, but in development', () => {
    const path = join(folder, 'missing.json');
    const config = { SIGNING_KEYS_FILE: path, NODE_ENV: 'production' } as GatewayConfig;
    expect(() => new SigningKeys(config)).toThrow('SIGNING_KEYS_FILE');
    const keys = new SigningKeys({ ...config, NODE_ENV: 'development' });
    expect(keys.jwks().keys).toMatchObject([{ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' }]);
    expect(JSON.stringify(keys.jwks())).not.toContain('"d"');
  });

  it('that is broken is said to be so without a word of it', () => {
    const path = join(folder, 'broken.json');
    writeKeyFile(path, [{ ...newKey(new Date(0)), kid: '' }]);
    expect(() => readKeyFile(path)).toThrow(/not valid/);
  });
});

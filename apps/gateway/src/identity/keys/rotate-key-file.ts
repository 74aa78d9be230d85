import { newKey, readKeyFile, writeKeyFile } from './key-file.ts';
import type { KeyEntry } from './key-file.ts';
import { keysInUse, publishedBeforeMs } from './rotation.rules.ts';

/**
 * Adds a key that signs in a minute, and removes those that no token can carry any more. Running gateways take
 * the file up by themselves, and no session ends.
 */
export function rotateKeyFile(path: string, now: number): { added: KeyEntry; kept: number } {
  const known = readKeyFile(path).map((entry) => ({ entry, signsFrom: Date.parse(entry.signsFrom) }));
  const kept = keysInUse(known, now).map(({ entry }) => entry);
  const added = newKey(new Date(now + publishedBeforeMs));
  writeKeyFile(path, [...kept, added]);
  return { added, kept: kept.length };
}

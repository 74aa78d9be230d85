import { newKey, readKeyFile, writeKeyFile } from './key-file.ts';
import { keysInUse, publishedAheadMs } from './rotation.rules.ts';

/**
 * `node dist/keys/rotate.js <file>`: adds a key that signs in a minute, and removes those that no token can
 * carry any more. Running gateways take the file up by themselves; nobody is signed out.
 */
function rotate(path: string | undefined): void {
  if (path === undefined) throw new Error('Name the file: rotate <SIGNING_KEYS_FILE>');
  const now = Date.now();
  const kept = keysInUse(
    readKeyFile(path).map((entry) => ({ entry, signsFrom: Date.parse(entry.signsFrom) })),
    now,
  ).map(({ entry }) => entry);
  const added = newKey(new Date(now + publishedAheadMs));
  writeKeyFile(path, [...kept, added]);
  process.stdout.write(`${added.kid} signs from ${added.signsFrom}; ${kept.length} kept.\n`);
}

try {
  rotate(process.argv[2]);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

import { rotateKeyFile } from './rotate-key-file.ts';

// `node dist/identity/keys/rotate.js <file>`: run it as who may read and replace the file.
const [, , path] = process.argv;
if (path === undefined) {
  process.stderr.write('Name the file: rotate <SIGNING_KEYS_FILE>\n');
  process.exitCode = 1;
} else {
  const { added, kept } = rotateKeyFile(path, Date.now());
  process.stdout.write(`${added.kid} signs from ${added.signsFrom}; ${kept} kept.\n`);
}

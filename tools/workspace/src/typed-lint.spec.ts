import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'registrar-typed-lint-'));
  const compilerOptions = { strict: true, target: 'es2024', module: 'nodenext', types: [] };
  await writeFile(join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** The rules that `code` breaks. */
async function broken(code: string): Promise<string[]> {
  await writeFile(
    join(directory, 'code.ts'),
    `declare const later: () => Promise<void>;\n${code}\nexport {};\n`,
  );
  const args = ['-c', join(root, '.oxlintrc.json'), '--format=json', '.'];
  const output = await new Promise<string>((resolve) => {
    execFile(join(root, 'node_modules/.bin/oxlint'), args, { cwd: directory }, (_failure, stdout) =>
      resolve(stdout),
    );
  });
  const { diagnostics } = JSON.parse(output) as { diagnostics: { code: string }[] };
  return diagnostics.map((each) => each.code);
}

it.each([
  ['a promise that nobody awaits', 'later();', 'no-floating-promises'],
  ['a promise as a condition', 'if (later()) later.name.at(0);', 'no-misused-promises'],
  ['an await of no promise', 'await later.name;', 'await-thenable'],
  [
    'a switch that forgets a case',
    "declare const kind: 'a' | 'b';\nswitch (kind) {\n  case 'a':\n}",
    'switch-exhaustiveness-check',
  ],
])('refuses %s', async (_, code, rule) => {
  expect(await broken(code)).toEqual([`typescript(${rule})`]);
});

it('takes a promise as a callback where its result is not used', async () => {
  expect(await broken('[1].forEach(async () => later());\nvoid later();')).toEqual([]);
});

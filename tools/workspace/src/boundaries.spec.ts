import { join } from 'node:path';
import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
let eslint: ESLint;

beforeAll(() => {
  process.env['NX_DAEMON'] = 'false';
  eslint = new ESLint({ cwd: root });
}, 60_000);

/** The rules that `code` breaks, were it in a file that exists. */
async function broken(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: join(root, file) });
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
}

const boundaries = '@nx/enforce-module-boundaries';

describe('module boundaries', () => {
  it.each([
    ['an app another app', 'apps/courses/src/main.ts', "import '@registrar/gateway';"],
    ['an app another app by path', 'apps/courses/src/main.ts', "import '../../gateway/src/main.ts';"],
    ['a contract a library', 'libs/contracts/courses/src/index.ts', "import '@registrar/service';"],
    [
      'a contract another contract',
      'libs/contracts/courses/src/index.ts',
      "import '@registrar/contracts-gateway';",
    ],
    ['a kernel library a contract', 'libs/cache/src/index.ts', "import '@registrar/contracts-courses';"],
    ['a library an app', 'libs/cache/src/index.ts', "import '@registrar/courses';"],
    ['a library the inside of another', 'libs/cache/src/index.ts', "import '../../service/src/index.ts';"],
    [
      'an app contracts that it does not use',
      'apps/courses/src/main.ts',
      "import '@registrar/contracts-notifications';",
    ],
    ['an app a tool', 'apps/courses/src/main.ts', "import '@registrar/stack';"],
    ['a journey an app', 'apps/e2e/src/index.ts', "import '@registrar/courses';"],
  ])(
    'do not let %s be imported',
    async (_, file, code) => {
      expect(await broken(file, code)).toContain(boundaries);
    },
    60_000,
  );

  it.each([
    ['an app its libraries', 'apps/courses/src/main.ts', "import '@registrar/service';"],
    [
      'an app the contracts of another service',
      'apps/courses/src/main.ts',
      "import '@registrar/contracts-enrollments';",
    ],
    ['a kernel library another', 'libs/messaging/src/index.ts', "import '@registrar/dynamodb';"],
    ['a tool any contracts', 'tools/prove/src/prove.ts', "import '@registrar/contracts-notifications';"],
  ])('let %s be imported', async (_, file, code) => {
    expect(await broken(file, code)).not.toContain(boundaries);
  });

  it.each([
    ['code of contracts', "import { hold } from '@registrar/contracts-enrollments'; export { hold };", true],
    ['schemas of eligibility', "import { match } from '@registrar/eligibility'; export { match };", true],
    [
      'rules of eligibility, which are without zod',
      "import { isMatched } from '@registrar/eligibility/rules'; export { isMatched };",
      false,
    ],
    ['types', "import type { Hold } from '@registrar/contracts-enrollments'; export type { Hold };", false],
  ])(
    'bound what browsers get: %s',
    async (_, code, isBroken) => {
      const rules = await broken('apps/portal/src/main.tsx', code);
      expect([rules.includes('no-restricted-imports'), rules.includes(boundaries)]).toEqual([
        isBroken,
        false,
      ]);
    },
    60_000,
  );

  it('keep test doubles out of the product', async () => {
    expect(await broken('apps/courses/src/main.ts', "import '@registrar/testing';")).toContain(
      'no-restricted-imports',
    );
  });
});

describe('reads of whole tables', () => {
  it.each([
    ["import { ScanCommand } from '@aws-sdk/lib-dynamodb'; export const scan = ScanCommand;"],
    ["import * as dynamodb from '@aws-sdk/client-dynamodb'; export const scan = dynamodb.ScanCommand;"],
    ["import { paginateScan } from '@aws-sdk/lib-dynamodb'; export const scan = paginateScan;"],
  ])('are lint errors: %s', async (code) => {
    const rules = await broken('apps/courses/src/main.ts', code);
    expect(rules.some((rule) => rule === 'no-restricted-imports' || rule === 'no-restricted-syntax')).toBe(
      true,
    );
  });
});

describe('private members', () => {
  it.each([['apps/courses/src/main.ts'], ['libs/cache/src/index.ts'], ['tools/stack/src/stack.ts']])(
    'of %s are marked `private`, not by a hash',
    async (file) => {
      const hash = 'export class Counter { #count = 0; next() { return (this.#count += 1); } }';
      const modifier = 'export class Counter { private count = 0; next() { return (this.count += 1); } }';
      expect(await broken(file, hash)).toContain('no-restricted-syntax');
      expect(await broken(file, modifier)).not.toContain('no-restricted-syntax');
    },
  );
});

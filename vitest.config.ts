import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const integration = 'src/**/*.integration.spec.ts';
const e2e = 'src/**/*.e2e.spec.ts';
const page = 'src/**/*.page.spec.ts';
const kinds = {
  test: { include: ['src/**/*.spec.ts'], exclude: [integration, e2e, page], testTimeout: 60_000 },
  integration: { include: [integration], exclude: [], testTimeout: 60_000 },
  e2e: { include: [e2e], exclude: [], testTimeout: 120_000 },
  page: { include: [page], exclude: [], testTimeout: 60_000 },
};

/**
 * One configuration for every project; vitest runs in the project's folder.
 *
 * `TEST_KIND` picks the kind: `test` (pure, the default), `integration` (needs the stack's addresses in the
 * environment), `page` (the built portal in Chromium) or `e2e` (real processes). Results go to
 * `test-results/<project>.<kind>.json`, where the workspace's test command adds them up.
 */
const kind = (process.env['TEST_KIND'] ?? 'test') as keyof typeof kinds;
const root = process.cwd();
const { nx } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { nx: { name: string } };
const conditions = ['@registrar/source', 'node', 'import', 'default'];

export default defineConfig({
  root,
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    ...kinds[kind],
    globalSetup: join(import.meta.dirname, 'libs/testing/src/passing-folder.ts'),
    environment: 'node',
    passWithNoTests: true,
    hookTimeout: 120_000,
    // Unit tests of a project share one module graph: a graph for each file would load Nest and the AWS SDK again.
    // A project that replaces modules (`vi.mock`) runs with `--isolate`, one that may share in another kind without.
    isolate: kind !== 'test',
    pool: kind === 'test' ? 'threads' : 'forks',
    maxWorkers: kind === 'test' ? 2 : 1,
    reporters: ['default', 'json'],
    outputFile: { json: join(import.meta.dirname, 'test-results', `${nx.name}.${kind}.json`) },
  },
});

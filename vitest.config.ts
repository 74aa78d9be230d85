import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const workspace = import.meta.dirname;
const root = process.cwd();
const isWhole = root === workspace;
/** Where the tests are, as seen from the root. */
const source = isWhole ? '{apps,libs,libs/contracts,tools}/*/src' : 'src';
const integration = `${source}/**/*.integration.spec.ts`;
const e2e = `${source}/**/*.e2e.spec.ts`;
const page = `${source}/**/*.page.spec.ts`;
const kinds = {
  test: { include: [`${source}/**/*.spec.ts`], exclude: [integration, e2e, page], testTimeout: 60_000 },
  integration: { include: [integration], exclude: [], testTimeout: 60_000 },
  // Whole systems, which share the processors with each other: the limit ends only what hangs.
  e2e: { include: [e2e], exclude: [], testTimeout: 300_000, hookTimeout: 300_000 },
  page: { include: [page], exclude: [], testTimeout: 60_000, isolate: true },
};

/**
 * One configuration for every project. vitest runs in a project's folder, or in the workspace's for all at once.
 *
 * `TEST_KIND` picks the kind: `test` (pure, the default), `integration` (needs the stack's addresses in the
 * environment), `page` (the built portal in Chromium) or `e2e` (real processes). Results go to
 * `test-results/<project>.<kind>.json`, those of all projects to `<kind>.json`, where the workspace's test command
 * adds them up.
 */
const kind = (process.env['TEST_KIND'] ?? 'test') as keyof typeof kinds;
const conditions = ['@registrar/source', 'node', 'import', 'default'];

function reportName(): string {
  if (isWhole) return `${kind}.json`;
  const { nx } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { nx: { name: string } };
  return `${nx.name}.${kind}.json`;
}

export default defineConfig({
  root,
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    globalSetup: join(workspace, 'libs/testing/src/passing-folder.ts'),
    setupFiles: join(workspace, 'libs/testing/src/clean-worker.ts'),
    environment: 'node',
    passWithNoTests: true,
    hookTimeout: 120_000,
    // Files share the modules of their worker: a module graph for each would load Nest and the AWS SDK again.
    isolate: false,
    pool: kind === 'test' ? 'threads' : 'forks',
    // Tests of a kind that waits for stores or pages leave two processors idle a fifth of the time.
    maxWorkers: kind === 'integration' || kind === 'page' ? 3 : 2,
    reporters: ['default', 'json'],
    outputFile: { json: join(workspace, 'test-results', reportName()) },
    ...kinds[kind],
  },
});

import { formatFiles, generateFiles, installPackagesTask, names, readJson, writeJson } from '@nx/devkit';
import type { GeneratorCallback, Tree } from '@nx/devkit';
import { join } from 'node:path';
import { addImport, appendToBlock, appendToList, insertBefore } from '../edits/text-edits.rules.ts';
import { addReference, dependImplicitly, edit, useLibrary } from '../edits/workspace-edits.ts';
import { joinTheDeployments } from './cdk-entry.ts';
import { addController, addTable } from '../table/table.generator.ts';

/** What the service is called. */
export interface ServiceOptions {
  name: string;
  skipInstall?: boolean;
}

const libraries = ['service', 'auth', 'dynamodb', 'endpoint', 'messaging', 'testing'];
const packages = [
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/microservices',
  '@nestjs/platform-fastify',
  'fastify',
  'prom-client',
  'reflect-metadata',
  'rxjs',
  'zod',
];
/** A service like all others, from which versions and compiler options are taken. */
const model = 'apps/notifications';

/**
 * `nx g @registrar/generators:service`: an app with a route, a table and a consumer of users' events, its
 * contracts, and its entries wherever all services are listed. It builds and passes its tests as it is.
 */
export default async function serviceGenerator(
  tree: Tree,
  options: ServiceOptions,
): Promise<GeneratorCallback> {
  const { name, skipInstall = false } = options;
  if (tree.exists(`apps/${name}`)) throw new Error(`apps/${name} is there already.`);
  const variables = { name, className: names(name).className, propertyName: names(name).propertyName };
  generateFiles(tree, join(import.meta.dirname, 'files/app'), `apps/${name}`, variables);
  generateFiles(tree, join(import.meta.dirname, 'files/contracts'), `libs/contracts/${name}`, variables);
  writeManifests(tree, name);
  edit(tree, 'eslint.config.mjs', (text) => appendToBlock(text, 'scopesUsed = {', `'${name}': ['gateway'],`));
  writeCompilerOptions(tree, name);
  const people = { name: 'people', service: name };
  addTable(tree, people);
  addController(tree, people, 'PeopleController', 'people.controller.ts');
  addController(tree, people, 'UserEventsConsumer', 'user-events.consumer.ts');
  joinTheStack(tree, name);
  joinTheDeployments(tree, name);
  await formatFiles(tree);
  return () => {
    if (!skipInstall) installPackagesTask(tree, true);
  };
}

function writeManifests(tree: Tree, name: string): void {
  const { dependencies: versions } = readJson<{ dependencies: Record<string, string> }>(
    tree,
    `${model}/package.json`,
  );
  const pinned = (wanted: string[]) =>
    Object.fromEntries(wanted.map((each) => [each, versions[each] ?? '*']));
  const own = libraries.filter((library) => library !== 'testing').map((library) => `@registrar/${library}`);
  const test = 'vitest run --config ../../vitest.config.ts';
  writeJson(tree, `apps/${name}/package.json`, {
    name: `@registrar/${name}`,
    version: '0.1.0',
    private: true,
    type: 'module',
    main: './dist/main.js',
    scripts: {
      test,
      integration: `TEST_KIND=integration ${test}`,
      arrows: 'node ../../tools/workspace/src/check-arrows.ts',
    },
    nx: { name, tags: ['type:app', `scope:${name}`] },
    dependencies: pinned([
      ...own,
      '@registrar/contracts-gateway',
      `@registrar/contracts-${name}`,
      ...packages,
    ]),
    devDependencies: { '@registrar/testing': '*' },
  });
  writeJson(tree, `libs/contracts/${name}/package.json`, {
    name: `@registrar/contracts-${name}`,
    version: '0.1.0',
    private: true,
    type: 'module',
    exports: {
      '.': { '@registrar/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
      './package.json': './package.json',
    },
    scripts: { test: 'vitest run --config ../../../vitest.config.ts' },
    nx: { name: `contracts-${name}`, tags: ['type:contract', `scope:${name}`] },
    dependencies: pinned(['@registrar/contracts-http', 'zod']),
  });
}

function writeCompilerOptions(tree: Tree, name: string): void {
  const copies = [
    [model, `apps/${name}`],
    ['libs/contracts/gateway', `libs/contracts/${name}`],
  ] as const;
  for (const [from, to] of copies) {
    for (const file of ['tsconfig.json', 'tsconfig.spec.json', 'tsconfig.lib.json']) {
      tree.write(`${to}/${file}`, tree.read(`${from}/${file}`) ?? '');
    }
    addReference(tree, 'tsconfig.json', `./${to}`);
  }
  const folders = [...libraries, 'contracts/gateway', `contracts/${name}`];
  const config = readJson<object>(tree, `apps/${name}/tsconfig.lib.json`);
  const references = folders.map((folder) => ({ path: `../../libs/${folder}/tsconfig.lib.json` }));
  writeJson(tree, `apps/${name}/tsconfig.lib.json`, { ...config, references });
}

/** The places that list all services: the stack, compose, Prometheus, and what tests the system as a whole. */
function joinTheStack(tree: Tree, name: string): void {
  const stack = 'tools/stack/src/system';
  edit(tree, `${stack}/app-names.ts`, (text) => appendToList(text, 'appNames = [', `'${name}'`));
  edit(tree, `${stack}/contract-topics.ts`, (text) => {
    const topics = `of${names(name).className}`;
    const all = appendToList(text, 'contractTopics: readonly TopicDefinition[] = [', `...${topics}`);
    return addImport(all, `import { topics as ${topics} } from '@registrar/contracts-${name}';`);
  });
  useLibrary(tree, 'tools/stack', `@registrar/contracts-${name}`, `libs/contracts/${name}`);
  const service = `  ${name}:\n    <<: *app\n    build:\n      <<: *build\n      args: { APP: ${name} }\n    environment:\n      <<: *environment\n\n`;
  edit(tree, 'docker-compose.yml', (text) => insertBefore(text, 'volumes:', service));
  edit(tree, 'tools/observability/prometheus/prometheus.yml', (text) =>
    appendToList(text, 'targets: [', `${name}:9464`),
  );
  for (const project of ['apps/e2e', 'tools/prove']) dependImplicitly(tree, project, name);
}

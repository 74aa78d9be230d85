import { formatFiles, generateFiles, installPackagesTask, names } from '@nx/devkit';
import type { GeneratorCallback, Tree } from '@nx/devkit';
import { join } from 'node:path';
import { addImport, appendToList } from '../edits/text-edits.rules.ts';
import { edit, useLibrary } from '../edits/workspace-edits.ts';
import { addController, addTable, hasTable } from '../table/table.generator.ts';

/** The change, its entity, and the services that publish and consume it. */
export interface EventOptions {
  entity: string;
  change: string;
  service: string;
  consumer?: string;
  skipInstall?: boolean;
}

/**
 * `nx g @registrar/generators:event`: the first event of an entity. Contracts get its schema, its type and its
 * topic; the consumer, where one is named, a table of the entities and a handler that keeps them.
 */
export default async function eventGenerator(tree: Tree, options: EventOptions): Promise<GeneratorCallback> {
  const { entity, service, consumer, skipInstall = false } = options;
  const contracts = `libs/contracts/${service}`;
  if (tree.exists(`${contracts}/src/${entity}.events.ts`)) {
    throw new Error(`${entity} has events: add the next one to ${contracts}/src/${entity}.events.ts.`);
  }
  const variables = variablesOf(options);
  generateFiles(tree, join(import.meta.dirname, 'files/contracts'), `${contracts}/src`, variables);
  edit(tree, `${contracts}/src/index.ts`, (text) => `export * from './${entity}.events.ts';\n${text}`);
  const declared = ['topics.ts', 'events.ts', 'index.ts'].find((file) =>
    (tree.read(`${contracts}/src/${file}`, 'utf8') ?? '').includes('export const topics'),
  );
  if (declared === undefined) throw new Error(`${contracts} declares no list of topics.`);
  edit(tree, `${contracts}/src/${declared}`, (text) => addTopic(text, variables.topic, entity));
  if (consumer !== undefined) addConsumer(tree, options, consumer);
  await formatFiles(tree);
  return () => {
    if (!skipInstall) installPackagesTask(tree, true);
  };
}

function variablesOf({ entity, change, service }: EventOptions) {
  const { className, propertyName } = names(entity);
  const topic = `${propertyName}Topic`;
  return {
    entity,
    change,
    service,
    className,
    propertyName,
    topic,
    event: propertyName + names(change).className,
  };
}

function addTopic(text: string, topic: string, entity: string): string {
  const opening = /export const topics(?:: [^=]*)? = \[/.exec(text)?.[0];
  if (opening === undefined) throw new Error('The list of topics is not a list in place.');
  return addImport(appendToList(text, opening, topic), `import { ${topic} } from './${entity}.events.ts';`);
}

function addConsumer(tree: Tree, options: EventOptions, consumer: string): void {
  const { entity, service } = options;
  const table = `${entity}s`;
  const variables = { ...variablesOf(options), table, repository: `${names(table).className}Repository` };
  const owned = { name: table, service: consumer };
  if (!hasTable(tree, owned)) addTable(tree, owned);
  generateFiles(tree, join(import.meta.dirname, 'files/app'), `apps/${consumer}/src/${table}`, variables);
  addController(tree, owned, `${variables.className}EventsConsumer`, `${entity}-events.consumer.ts`);
  useLibrary(tree, `apps/${consumer}`, `@registrar/contracts-${service}`, `libs/contracts/${service}`);
  edit(tree, 'eslint.config.mjs', (text) => {
    const opening = new RegExp(`^  '?${consumer}'?: \\[`, 'm').exec(text)?.[0];
    if (opening === undefined)
      throw new Error(`eslint.config.mjs does not say whose contracts ${consumer} uses.`);
    return appendToList(text, opening, `'${service}'`);
  });
  edit(tree, `apps/${consumer}/src/service-parts.ts`, (text) => {
    const from = `'@registrar/contracts-${service}'`;
    if (text.includes(from)) return text;
    const known = `${names(service).propertyName}Topics`;
    const opening = /export const (?:known|heard)Topics(?:: [^=]*)? = \[/.exec(text)?.[0];
    if (opening === undefined) throw new Error(`${consumer} lists no topics in service-parts.ts.`);
    return addImport(
      appendToList(text, opening, `...${known}`),
      `import { topics as ${known} } from ${from};`,
    );
  });
}

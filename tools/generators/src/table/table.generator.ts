import { formatFiles, generateFiles, names, readJson, updateJson } from '@nx/devkit';
import type { Tree } from '@nx/devkit';
import { join } from 'node:path';
import { addImport, appendToList } from '../edits/text-edits.rules.ts';
import { edit } from '../edits/workspace-edits.ts';

/** Which table, and whose. */
export interface TableOptions {
  name: string;
  service: string;
}

interface TablesFile {
  tables: { name: string; partitionKey: { name: string; type: 'S' } }[];
}

/** `nx g @registrar/generators:table`: a table keyed by `id`, its repository in a module of its own, and a test on DynamoDB. */
export default async function tableGenerator(tree: Tree, options: TableOptions): Promise<void> {
  addTable(tree, options);
  await formatFiles(tree);
}

/** The same, for a generator that continues. */
export function addTable(tree: Tree, { name, service }: TableOptions): void {
  const app = `apps/${service}`;
  const { className } = names(name);
  const table = tableName(name);
  if (hasTable(tree, { name, service })) throw new Error(`${service} has a table ${table}.`);
  updateJson(tree, `${app}/tables.json`, (file: TablesFile) => {
    file.tables.push({ name: table, partitionKey: { name: 'id', type: 'S' } });
    return file;
  });
  const variables = { name, table, className, service };
  generateFiles(tree, join(import.meta.dirname, 'files'), `${app}/src/${name}`, variables);
  importFeature(tree, service, `${className}Module`, `./${name}/${name}.module.ts`);
}

/** Whether a service has a table of that name. */
export function hasTable(tree: Tree, { name, service }: TableOptions): boolean {
  const { tables } = readJson<TablesFile>(tree, `apps/${service}/tables.json`);
  return tables.some((table) => table.name === tableName(name));
}

function tableName(name: string): string {
  return name.replaceAll('-', '_');
}

/** Lets a service's root module import the module of a capability. */
function importFeature(tree: Tree, service: string, className: string, path: string): void {
  edit(tree, `apps/${service}/src/${service}.module.ts`, (text) => {
    const opening = /@Module\(\{\s*imports: \[/.exec(text)?.[0];
    if (opening === undefined) throw new Error(`The root module of ${service} imports no capabilities.`);
    return addImport(appendToList(text, opening, className), `import { ${className} } from '${path}';`);
  });
}

/** Puts a controller or consumer into the module of a capability. */
export function addController(
  tree: Tree,
  { name, service }: TableOptions,
  className: string,
  file: string,
): void {
  edit(tree, `apps/${service}/src/${name}/${name}.module.ts`, (text) => {
    const listing = text.includes('controllers: [')
      ? text
      : text.replace('@Module({', '@Module({ controllers: [],');
    return addImport(
      appendToList(listing, 'controllers: [', className),
      `import { ${className} } from './${file}';`,
    );
  });
}

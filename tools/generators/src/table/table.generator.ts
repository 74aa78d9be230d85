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

/** `nx g @registrar/generators:table`: a table keyed by `id`, its repository, and a test on DynamoDB. */
export default async function tableGenerator(tree: Tree, options: TableOptions): Promise<void> {
  addTable(tree, options);
  await formatFiles(tree);
}

/** The same, for a generator that goes on. */
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
  provide(tree, service, 'providers', `${className}Repository`, `./${name}/${name}.repository.ts`);
}

/** Whether a service has a table of that name. */
export function hasTable(tree: Tree, { name, service }: TableOptions): boolean {
  const { tables } = readJson<TablesFile>(tree, `apps/${service}/tables.json`);
  return tables.some((table) => table.name === tableName(name));
}

function tableName(name: string): string {
  return name.replaceAll('-', '_');
}

/** Puts a class into the list of providers or controllers of a service's module. */
export function provide(
  tree: Tree,
  service: string,
  list: 'providers' | 'controllers',
  className: string,
  path: string,
): void {
  edit(tree, `apps/${service}/src/${service}.module.ts`, (text) => {
    const opening = text.includes(`  ${list}: [`) ? `${list}: [` : `const ${list}: Provider[] = [`;
    const listed = appendToList(text, opening, className);
    return addImport(listed, `import { ${className} } from '${path}';`);
  });
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineTables, type PhysicalTable } from '@registrar/dynamodb';
import { systemName, type AppName } from '../deployment/app-names.ts';
import { workspaceRoot } from '../deployment/workspace.ts';

/** Before the name of every table, as the services have it by default. */
export const tablePrefix = `${systemName}_`;

/** The tables of a service, from its own definitions. */
export function tablesOf(app: AppName): readonly PhysicalTable[] {
  const file = join(workspaceRoot, 'apps', app, 'tables.json');
  return defineTables(app, tablePrefix, JSON.parse(readFileSync(file, 'utf8'))).definitions;
}

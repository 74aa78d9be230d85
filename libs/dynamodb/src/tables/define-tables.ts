import { z } from 'zod';
import { tablesFile, type TableDefinition } from './table-definition.ts';

/** A table under its name in DynamoDB. */
export interface PhysicalTable extends TableDefinition {
  /** Name in the service's own file, for example `courses`. */
  logicalName: string;
}

/** The tables of one service. */
export interface Tables {
  /** Physical definitions, in the file's order: what `createTables` and `missingTables` take. */
  readonly definitions: readonly PhysicalTable[];
  /** The physical name of a table of this service; throws for one that the file does not declare. */
  name(logicalName: string): string;
}

/**
 * Reads a service's table file.
 *
 * The physical name is `<prefix><service>_<name>`, for example `registrar_courses_courses`.
 * Throws an Error that lists every fault of the file at once.
 *
 * @param json the parsed content of `apps/<service>/tables.json`
 */
export function defineTables(service: string, prefix: string, json: unknown): Tables {
  const parsed = tablesFile.safeParse(json);
  if (!parsed.success) {
    throw new Error(`tables.json of ${service} is not valid:\n${z.prettifyError(parsed.error)}`);
  }
  const definitions = parsed.data.tables.map((table) => ({
    ...table,
    logicalName: table.name,
    name: `${prefix}${service}_${table.name}`,
  }));
  const names = new Map(definitions.map((table) => [table.logicalName, table.name]));
  return {
    definitions,
    name(logicalName) {
      const physical = names.get(logicalName);
      if (physical === undefined) throw new Error(`${service} declares no table ${logicalName}`);
      return physical;
    },
  };
}

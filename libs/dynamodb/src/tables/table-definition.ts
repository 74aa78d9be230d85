import { z } from 'zod';

const name = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{1,60}$/, 'letters, digits and underscores');
const attribute = z.string().regex(/^[a-z][a-z0-9_]{0,60}$/, 'attributes are snake_case');
const keyAttribute = z.strictObject({ name: attribute, type: z.enum(['S', 'N', 'B']) });

const indexDefinition = z.strictObject({
  name,
  partitionKey: keyAttribute,
  sortKey: keyAttribute.optional(),
  projection: z.union([z.enum(['ALL', 'KEYS_ONLY']), z.array(attribute).min(1)]),
});

const tableDefinition = z.strictObject({
  name,
  partitionKey: keyAttribute,
  sortKey: keyAttribute.optional(),
  ttlAttribute: attribute.optional(),
  indexes: z.array(indexDefinition).default([]),
});

/** The content of `apps/<service>/tables.json`: what a service keeps, as data. Unknown fields are refused. */
export const tablesFile = z.strictObject({ tables: z.array(tableDefinition).min(1) }).check((context) => {
  for (const message of contradictions(context.value.tables)) {
    context.issues.push({ code: 'custom', message, input: context.value });
  }
});

/** A key attribute: its name and its DynamoDB type. */
export type KeyAttribute = z.infer<typeof keyAttribute>;
/** A global secondary index as a service declares it. */
export type IndexDefinition = z.infer<typeof indexDefinition>;
/** A table as a service declares it, under its logical name. */
export type TableDefinition = z.infer<typeof tableDefinition>;

function contradictions(tables: TableDefinition[]): string[] {
  const found = repeated(tables.map((table) => table.name)).map(
    (table) => `table ${table} is declared twice`,
  );
  for (const table of tables) {
    for (const index of repeated(table.indexes.map((each) => each.name))) {
      found.push(`index ${table.name}.${index} is declared twice`);
    }
    const types = new Map<string, string>();
    for (const { name: key, type } of keyAttributes(table)) {
      const other = types.get(key) ?? type;
      if (other !== type) found.push(`${table.name}.${key} is both ${other} and ${type}`);
      types.set(key, type);
    }
  }
  return found;
}

function repeated(names: string[]): string[] {
  return [...new Set(names.filter((each, at) => names.indexOf(each) !== at))];
}

/** Every key attribute of a table and of its indexes, in order of declaration; one may come several times. */
export function keyAttributes(table: TableDefinition): KeyAttribute[] {
  return [table, ...table.indexes].flatMap(keysOf);
}

/** The one or two key attributes of a table or of an index. */
export function keysOf(holder: Pick<IndexDefinition, 'partitionKey' | 'sortKey'>): KeyAttribute[] {
  return holder.sortKey ? [holder.partitionKey, holder.sortKey] : [holder.partitionKey];
}

import { z } from 'zod';

const tablesFile = z.object({
  tables: z.array(
    z.object({
      name: z.string(),
      indexes: z
        .array(z.object({ name: z.string(), partitionKey: z.object({ name: z.string() }) }))
        .default([]),
    }),
  ),
});

/** A partition that gets more than this share of what is written to its index is hot. */
const largestShare = 0.25;

/**
 * The indexes, as `table.Index`, of which one partition gets more than a quarter of what is written, and those that
 * nothing of `written` is shown by: their writers have to be among them too.
 *
 * @param tables the content of a service's `tables.json`
 * @param written by table, some hundred items of different things, each made by what writes it in the service; items
 * without the partition key of an index are not in it
 */
export function hotIndexes(tables: unknown, written: Readonly<Record<string, readonly object[]>>): string[] {
  return tablesFile
    .parse(tables)
    .tables.flatMap(({ name, indexes }) =>
      indexes
        .filter(({ partitionKey }) => isHot(written[name] ?? [], partitionKey.name))
        .map((index) => `${name}.${index.name}`),
    );
}

function isHot(items: readonly object[], key: string): boolean {
  const values = items.flatMap((item) => (item as Record<string, unknown>)[key] ?? []);
  const sizes = [...Map.groupBy(values, (value) => value).values()].map(({ length }) => length);
  return sizes.length === 0 || Math.max(...sizes) > values.length * largestShare;
}

type SnakeCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First>
    ? `${First}${SnakeCase<Rest>}`
    : `_${Lowercase<First>}${SnakeCase<Rest>}`
  : Name;

/** A record as a table keeps it: the same values, names in snake case. */
export type Row<Kept extends object> = {
  [Name in keyof Kept as Name extends string ? SnakeCase<Name> : never]: Kept[Name];
};

const rowNames = new Map<string, string>();
const recordNames = new Map<string, string>();

/** The row of a record. Values stay as they are, nested names too. */
export function toRow<Kept extends object>(record: Kept): Row<Kept> {
  return renamed(record, rowNames, (name) =>
    name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  );
}

/** The record of a row: the other way of `toRow`. */
export function fromRow<Kept extends object>(row: Row<Kept>): Kept {
  return renamed(row, recordNames, (name) =>
    name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
  );
}

function renamed<Result>(from: object, known: Map<string, string>, rename: (name: string) => string): Result {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(from)) {
    let next = known.get(name);
    if (next === undefined) known.set(name, (next = rename(name)));
    result[next] = value;
  }
  return result as Result;
}

import { z } from 'zod';

/** The values of a cell that holds several between `|`, each once; an empty cell has none. */
export function valuesOf(cell: string): string[] {
  return [...new Set(cell.split('|').map((part) => part.trim()))].filter((part) => part !== '');
}

/** A cell that may be empty: then the field is cleared. */
export function emptyAsNull<T>(schema: z.ZodType<T, string>) {
  return z.union([z.literal('').transform(() => null), schema]);
}

/** The faults of cells in words, each with its column. */
export function faultsInWords({ issues }: z.ZodError): string[] {
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

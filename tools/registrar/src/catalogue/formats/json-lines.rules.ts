import type { z } from 'zod';
import type { SourceFile } from '../catalogue-format.ts';
import type { UnreadableSection } from '../offered-section.ts';

/** A line of a file of JSON lines, or why it is none. */
export type JsonLine<Value> =
  { readonly where: string; readonly value: Value } | ({ readonly value?: never } & UnreadableSection);

const shown = 80;

/**
 * Reads JSON lines: one object a line, of this schema; blank lines are passed over. A line that is otherwise is said
 * with its number and each fault.
 */
export function jsonLines<Schema extends z.ZodType>(
  files: readonly SourceFile[],
  schema: Schema,
): JsonLine<z.infer<Schema>>[] {
  return files.flatMap(({ name, text }) =>
    text
      .replace(/^\uFEFF/, '')
      .split(/\r\n|\n|\r/)
      .flatMap((line, at) => {
        if (line.trim() === '') return [];
        const where = files.length > 1 ? `${name} line ${at + 1}` : `line ${at + 1}`;
        return [lineOf(where, line, schema)];
      }),
  );
}

function lineOf<Schema extends z.ZodType>(
  where: string,
  line: string,
  schema: Schema,
): JsonLine<z.infer<Schema>> {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    const detail = line.slice(0, shown);
    return { where, name: '', losses: [{ kind: 'source', cause: 'The line is not JSON.', detail }] };
  }
  const { data, error } = schema.safeParse(json);
  if (!error) return { where, value: data };
  const losses = error.issues.flatMap((issue) => {
    const path = issue.path.join('.');
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => loss('A field is unknown.', path === '' ? key : `${path}.${key}`))
      : [
          loss(
            'A field is missing or not as the format has it.',
            `${path === '' ? 'the line' : path}: ${issue.message}`,
          ),
        ];
  });
  return { where, name: nameOf(json), losses };
}

function loss(cause: string, detail: string) {
  return { kind: 'source', cause, detail } as const;
}

function nameOf(json: unknown): string {
  if (typeof json !== 'object' || json === null) return '';
  const { code, section } = json as { code?: unknown; section?: unknown };
  return [code, section].filter((part) => typeof part === 'string').join(' ');
}

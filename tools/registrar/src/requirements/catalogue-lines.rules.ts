/** A line of a file of texts. */
export type CatalogueLine =
  /** Nothing is in it, or its object has no text. */
  | { readonly line: number; readonly kind: 'empty' }
  | { readonly line: number; readonly kind: 'text'; readonly text: string }
  | { readonly line: number; readonly kind: 'fault'; readonly reason: string; readonly part: string };

/** Fields that hold the text where none is named. */
export const textFields = ['prereqText', 'text'] as const;

/**
 * The lines of a file: each is a text, or a JSON object (NDJSON) with the text in a field.
 *
 * @param field the field; the first of `textFields` that an object has if left out
 */
export function catalogueLines(content: string, field?: string): CatalogueLine[] {
  return content.split(/\r\n|\n|\r/).map((raw, at): CatalogueLine => {
    const line = at + 1;
    const text = raw.trim();
    if (text === '') return { line, kind: 'empty' };
    return text.startsWith('{') ? { line, ...textOfObject(text, field) } : { line, kind: 'text', text };
  });
}

type Unnumbered<Line> = Line extends CatalogueLine ? Omit<Line, 'line'> : never;

function textOfObject(text: string, field: string | undefined): Unnumbered<CatalogueLine> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'fault', reason: 'This line begins like JSON and is none.', part: text.slice(0, 80) };
  }
  const object = value as Readonly<Record<string, unknown>>;
  const name = field ?? textFields.find((each) => Object.hasOwn(object, each));
  const found = name === undefined || !Object.hasOwn(object, name) ? undefined : object[name];
  if (found === undefined || found === null || found === '') return { kind: 'empty' };
  if (typeof found === 'string') return { kind: 'text', text: found };
  return {
    kind: 'fault',
    reason: `The field ${name} holds no text.`,
    part: JSON.stringify(found).slice(0, 80),
  };
}

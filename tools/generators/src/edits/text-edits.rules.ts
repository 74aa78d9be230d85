/** Puts `item` at the end of the bracketed list that follows `opening`; once only. */
export function appendToList(text: string, opening: string, item: string): string {
  const start = text.indexOf(opening);
  if (start < 0) throw new Error(`There is no \`${opening}\` to add ${item} to.`);
  const from = start + opening.length;
  const end = closingBracket(text, from);
  const inside = text.slice(from, end);
  if (itemsOf(inside).includes(item)) return text;
  const kept = inside.trimEnd().replace(/,$/, '');
  return `${text.slice(0, from)}${kept}${kept.trim() === '' ? '' : ', '}${item}${text.slice(end)}`;
}

/** Puts `lines` at the end of the block in braces that follows `opening`; once only. */
export function appendToBlock(text: string, opening: string, lines: string): string {
  const start = text.indexOf(opening);
  if (start < 0) throw new Error(`There is no \`${opening}\` to add to.`);
  if (text.includes(lines)) return text;
  const end = closingBracket(text, start + opening.length);
  return `${text.slice(0, end).trimEnd()}\n${lines}\n${text.slice(end)}`;
}

/** Puts an import after the last one; once only. */
export function addImport(text: string, statement: string): string {
  if (text.includes(statement)) return text;
  const imports = [...text.matchAll(/^import [^;]*;\n/gm)];
  const last = imports.at(-1);
  const at = last === undefined ? 0 : last.index + last[0].length;
  return `${text.slice(0, at)}${statement}\n${text.slice(at)}`;
}

/** Puts `block` in front of the line that begins with `before`; once only. */
export function insertBefore(text: string, before: string, block: string): string {
  if (text.includes(block)) return text;
  const at = text.indexOf(`\n${before}`);
  if (at < 0) throw new Error(`There is no line \`${before}\`.`);
  return `${text.slice(0, at + 1)}${block}${text.slice(at + 1)}`;
}

function closingBracket(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if ('[({'.includes(text.charAt(at))) depth += 1;
    if ('])}'.includes(text.charAt(at))) depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error('A bracket is not closed.');
}

function itemsOf(list: string): string[] {
  return list.split(',').map((item) => item.trim());
}

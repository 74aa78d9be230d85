import { SaxesParser } from 'saxes';

/** The text of each element in a record, by its name. */
export type XmlRecord = Readonly<Record<string, string>>;

/**
 * The records of a document: elements of this name, each with elements of text in it.
 *
 * @throws Error with the place where the document is not well-formed; entities of its own are not read
 */
export function xmlRecords(text: string, name: string): XmlRecord[] {
  const records: XmlRecord[] = [];
  let record: Map<string, string> | undefined;
  let field: string | undefined;
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => {
    if (tag.name === name) record = new Map();
    else if (record && field === undefined) record.set((field = tag.name), '');
  });
  const add = (part: string) => {
    if (record && field !== undefined) record.set(field, (record.get(field) ?? '') + part);
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', (tag) => {
    if (tag.name === field) field = undefined;
    else if (tag.name === name && record) {
      records.push(Object.fromEntries(record));
      record = undefined;
    }
  });
  parser.write(text).close();
  return records;
}

import { describe, expect, it } from 'vitest';
import { addImport, appendToBlock, appendToList, insertBefore } from './text-edits.rules.ts';

describe('appendToList', () => {
  it('adds an item to the end, over several lines and inner brackets too', () => {
    expect(appendToList("const all = ['a', 'b'] as const;", 'const all = [', "'c'")).toBe(
      "const all = ['a', 'b', 'c'] as const;",
    );
    expect(appendToList('x: [\n  a,\n  b([1, 2]),\n],', 'x: [', 'c')).toBe('x: [\n  a,\n  b([1, 2]), c],');
  });

  it('fills an empty list', () => {
    expect(appendToList('topics: T[] = [];', 'topics: T[] = [', 'one')).toBe('topics: T[] = [one];');
  });

  it('adds nothing twice, and says where it found no list', () => {
    expect(appendToList('x: [a, b]', 'x: [', 'a')).toBe('x: [a, b]');
    expect(() => appendToList('nothing', 'x: [', 'a')).toThrow('There is no `x: [`');
  });
});

describe('appendToBlock', () => {
  it('adds lines to the end of a block, past inner ones, once', () => {
    const once = appendToBlock('const all = {\n  a: { b },\n};\n', 'all = {', 'c,');
    expect(once).toBe('const all = {\n  a: { b },\nc,\n};\n');
    expect(appendToBlock(once, 'all = {', 'c,')).toBe(once);
    expect(() => appendToBlock('nothing', 'all = {', 'c,')).toThrow('There is no `all = {`');
  });
});

describe('addImport', () => {
  it('adds one after the last, once', () => {
    const once = addImport("import a from 'a';\nimport {\n  b,\n} from 'b';\n\nlet x;\n", "import 'c';");
    expect(once).toBe("import a from 'a';\nimport {\n  b,\n} from 'b';\nimport 'c';\n\nlet x;\n");
    expect(addImport(once, "import 'c';")).toBe(once);
  });
});

describe('insertBefore', () => {
  it('puts a block in front of a line, once', () => {
    const once = insertBefore('a:\nvolumes:\n', 'volumes:', 'b:\n');
    expect(once).toBe('a:\nb:\nvolumes:\n');
    expect(insertBefore(once, 'volumes:', 'b:\n')).toBe(once);
    expect(() => insertBefore('a:\n', 'volumes:', 'b:\n')).toThrow('no line `volumes:`');
  });
});

import { execFile } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import lingui from '../../lingui.config.ts';

const portal = join(import.meta.dirname, '../..');
const macros = new Set(['Trans', 'Plural', 'Select', 'SelectOrdinal']);
const wordAttributes = new Set(['alt', 'aria-label', 'aria-description', 'label', 'placeholder', 'title']);

/** The messages of a catalogue: message by id. */
function messagesOf(file: string): Map<string, string> {
  const strings = String.raw`((?:"(?:[^"\\]|\\.)*"\s*?\n?)+)`;
  const entry = new RegExp(String.raw`^msgid ${strings}msgstr ${strings}`, 'gm');
  const textOf = (quoted = '') =>
    [...quoted.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part]) => part).join('');
  const found = [...readFileSync(file, 'utf8').matchAll(entry)].map(([, id, text]): [string, string] => [
    textOf(id),
    textOf(text),
  ]);
  return new Map(found.filter(([id]) => id !== ''));
}

const catalogue = (language: string, folder = join(portal, 'src/locales')) =>
  new Map(['messages', 'account'].flatMap((part) => [...messagesOf(join(folder, language, `${part}.po`))]));

describe('the catalogues', () => {
  it.each(['en', 'de'])('leave no message without words in %s', (language) => {
    const messages = catalogue(language);
    expect(messages.size).toBeGreaterThan(70);
    expect([...messages].filter(([, text]) => text === '').map(([id]) => id)).toEqual([]);
  });

  it('keep every placeholder of a message in its translation', () => {
    const namesIn = (text: string) => [...new Set(text.match(/\{\w+|<\/?\d+\/?>/g))].sort();
    const differing = [...catalogue('de')].filter(
      ([id, text]) => namesIn(id).join() !== namesIn(text).join(),
    );
    expect(differing).toEqual([]);
  });

  it('hold what the code says, no more and no less', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'catalogues-'));
    cpSync(join(portal, 'src/locales'), folder, { recursive: true });
    const { catalogs = [] } = lingui;
    const config = {
      rootDir: portal,
      sourceLocale: 'en',
      locales: ['en', 'de'],
      catalogs: catalogs.map(({ path, ...rest }) => ({
        ...rest,
        path: path.replace('<rootDir>/src/locales', folder),
      })),
    };
    const file = join(folder, 'lingui.config.json');
    writeFileSync(file, JSON.stringify(config));
    const program = join(portal, '../../node_modules/.bin/lingui');
    await promisify(execFile)(program, ['extract', '--clean', '--config', file], { cwd: portal });
    for (const language of ['en', 'de'])
      expect([...catalogue(language).keys()].sort()).toEqual([...catalogue(language, folder).keys()].sort());
  });
});

const sources = globSync('src/**/*.{ts,tsx}', { cwd: portal }).filter(
  (name) => !/\.spec\.|\.d\.ts$|\/testing\//.test(name),
);

/** Every node of a file for which `isFault` holds, as `file:line text`. */
function faultsIn(name: string, isFault: (node: ts.Node) => boolean): string[] {
  const text = readFileSync(join(portal, name), 'utf8');
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const faults: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isFault(node)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      faults.push(`${name}:${line + 1} ${node.getText().trim()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return faults;
}

const hasWord = (text: string) => /\p{L}{2}/u.test(text);

function isInsideMacro(node: ts.Node): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isJsxElement(at) && macros.has(at.openingElement.tagName.getText())) return true;
    if (ts.isJsxElement(at) && ['kbd', 'code'].includes(at.openingElement.tagName.getText())) return true;
  }
  return false;
}

function isBareWord(node: ts.Node): boolean {
  if (ts.isJsxText(node)) return hasWord(node.text) && !isInsideMacro(node);
  if (!ts.isJsxAttribute(node) || !wordAttributes.has(node.name.getText())) return false;
  const { initializer } = node;
  return initializer !== undefined && ts.isStringLiteral(initializer) && hasWord(initializer.text);
}

/** A `t` that was handed to a function: the macro knows only its own `t`, so the message would be lost. */
function isForeignMacro(node: ts.Node): boolean {
  if (!ts.isTaggedTemplateExpression(node) || node.tag.getText() !== 't') return false;
  for (let at: ts.Node = node; at; at = at.parent)
    if (ts.isFunctionLike(at) && at.parameters.some(({ name }) => /\bt\b/.test(name.getText()))) return true;
  return false;
}

describe('words that a reader sees', () => {
  it('stand in macros, in text and in labels', () => {
    expect(sources.flatMap((name) => faultsIn(name, isBareWord))).toEqual([]);
  });

  it('are said by the macro itself', () => {
    expect(sources.flatMap((name) => faultsIn(name, isForeignMacro))).toEqual([]);
  });
});

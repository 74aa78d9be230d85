import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { words } from './words.plugin.ts';

const linter = new Linter();

/** The rules of words that `code` breaks. */
function broken(code: string, filename = 'apps/courses/src/thing.ts'): string[] {
  const rules = Object.fromEntries(Object.keys(words.rules).map((name) => [`words/${name}`, 'error']));
  const config = {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    plugins: { words },
    rules,
  };
  return linter.verify(code, [config as never], { filename }).map(({ ruleId, message }) => ruleId ?? message);
}

describe('names of methods', () => {
  it.each([
    'export class Relay { run() { return 1; } }',
    'export class Relay { static async send() {} }',
    'export interface Relay { send(text: string): void }',
    'export abstract class Relay { abstract add(): void }',
  ])('are refused where they cannot be searched: %s', (code) => {
    expect(broken(code)).toEqual(['words/method-names']);
  });

  it.each([
    'export class Relay { runBatch() { return 1; } }',
    'export class Relay { private run() { return 1; } }',
    'class Relay { run() { return 1; } }',
    'export class Relay { readonly run = 1; }',
  ])('are taken otherwise: %s', (code) => {
    expect(broken(code)).toEqual([]);
  });
});

describe('identifiers', () => {
  it.each([
    'const told = 1;',
    'const { count: wasTold } = it;',
    'const [, lastTwin = 1] = it;',
    'function giveWay() {}',
    'const add = (patience: number) => patience;',
    'class Keeper {}',
    'class Relay { private hearsSince = 1; }',
    'class Relay { constructor(private readonly lanes: number) {} }',
    'interface Relay { leftovers: string[] }',
    'type Beliefs = string;',
  ])('do not contain words of a vocabulary of our own: %s', (code) => {
    expect(broken(code)).toEqual(['words/identifiers']);
  });

  it('include names of files', () => {
    expect(broken('const count = 1;', 'tools/prove/src/leftovers.ts')).toEqual(['words/identifiers']);
  });

  it.each(['const heartbeat = 1;', 'const planes = 1;', 'const row = { told: true };', 'it.told = 1;'])(
    'may contain others, and attributes of others: %s',
    (code) => {
      expect(broken(code)).toEqual([]);
    },
  );
});

describe('comments and texts', () => {
  it.each([
    ['// read anew'],
    ['/** Whoever asks. */'],
    ["throw new Error('it has a twin');"],
    ['const text = `${count} leftovers`;'],
    ['// the gateway hears of it'],
  ])('use plain words: %s', (code) => {
    expect(broken(code)).toEqual(['words/prose']);
  });

  it('are taken otherwise', () => {
    expect(broken("// read again\nthrow new Error('a concurrent duplicate');")).toEqual([]);
  });
});

describe('constants', () => {
  it.each([
    ['const MAX_LOAD_MS = 1;', ['words/constant-names']],
    ['const LIMIT = 1;', ['words/constant-names']],
    ['const maxLoadMs = 1;', []],
    ["const CONFIG = Symbol('config');", []],
  ])('are named in camelCase, tokens of injection are not: %s', (code, expected) => {
    expect(broken(code)).toEqual(expected);
  });
});

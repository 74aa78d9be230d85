import { parse } from 'node:querystring';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalisedQuery, targetOf } from './target.rules.ts';

const text = fc.string({
  unit: fc.constantFrom('a', 'B', '7', '%41', '%c3', '%20', '-', '=', '&', '/', '.', '~'),
});

describe('a request target', () => {
  it('is taken apart at its question mark', () => {
    expect(targetOf('/api/courses?q=a&limit=5')).toEqual({ path: '/api/courses', query: 'q=a&limit=5' });
    expect(targetOf('/')).toEqual({ path: '/', query: '' });
  });

  it('has the escapes of plain characters undone, and the others in capitals', () => {
    expect(targetOf('/%61pi/crs%5f1/a%c3%a9b%20c')?.path).toBe('/api/crs_1/a%C3%A9b%20c');
  });

  it.each([
    '',
    'api',
    '*',
    '/a//b',
    '/a/../b',
    '/a/.',
    '/a/%2e%2e/b',
    '/a%2Fb',
    '/a%5cb',
    '/a\\b',
    '/a%00',
    '/a%0a',
    '/a%7F',
    '/a%',
    '/a%g0',
    '/a%ff%fe',
    '/%c3/b',
    '/%ed%a0%80',
    '/a#b',
    '/a b',
    '/é',
    `/${'a'.repeat(8_000)}`,
  ])('is refused as %j', (url) => expect(targetOf(url)).toBeUndefined());

  it('once normalised stays as it is', () => {
    fc.assert(
      fc.property(text, text, (path, query) => {
        const once = targetOf(`/${path}?${query}`);
        if (once) expect(targetOf(`${once.path}?${once.query}`)).toEqual(once);
      }),
    );
  });

  it('never leads out of its path', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('/', '.', '%2e', '%2f', '%5c', 'a', '%61', '\\') }),
        (path) => {
          const target = targetOf(`/${path}`);
          if (target) expect(decodeURIComponent(target.path)).toBe(new URL(target.path, 'http://x').pathname);
        },
      ),
    );
  });
});

describe('a query', () => {
  it('has the same words for the same question', () => {
    expect(normalisedQuery('b=2&a=1&b=1')).toBe(normalisedQuery('a=1&b=2&b=1'));
    expect(normalisedQuery('b=1&b=2')).not.toBe(normalisedQuery('b=2&b=1'));
    expect(normalisedQuery('')).toBe('');
    expect(normalisedQuery('q=a%20b')).toBe('q=a%20b');
  });

  it('has one spelling of each character', () => {
    expect(normalisedQuery('%71=%c3%a9+b&%41=%2b')).toBe('A=%2B&q=%C3%A9%20b');
  });

  it.each([
    ...['?limit=25', '?', '&', 'a=1&&b=2', 'a=1&', 'a', 'a=', 'a;b=1', 'limit=%', 'limit=%zz', 'a=b=c'],
    '?&%3f=?',
  ])('keeps %j, in which a service may see a fault', (query) =>
    expect(parse(normalisedQuery(query))).toEqual(parse(query)),
  );

  it('asks a service the same as before, and stays as it is', () => {
    const pieces = fc.constantFrom(
      '?',
      '&',
      '&',
      '=',
      '=',
      'a',
      'b',
      '%61',
      '%62',
      '%3f',
      '%3D',
      '+',
      '%20',
      ';',
      '%c3%a9',
    );
    fc.assert(
      fc.property(fc.string({ unit: pieces, maxLength: 30 }), (query) => {
        const normalised = normalisedQuery(query);
        expect(parse(normalised)).toEqual(parse(query));
        expect(normalisedQuery(normalised)).toBe(normalised);
      }),
    );
  });
});

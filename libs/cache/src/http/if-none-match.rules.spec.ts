import { describe, expect, it } from 'vitest';
import { matchingTag } from './if-none-match.rules.ts';

describe('matchingTag', () => {
  const ours = ['4.abc', '4.abc-br', '4.abc-gzip'];

  it.each([
    [undefined, undefined],
    ['', undefined],
    ['"4.abc"', '4.abc'],
    ['W/"4.abc-br"', '4.abc-br'],
    ['"x", "y" ,W/"4.abc-gzip"', '4.abc-gzip'],
    ['"3.abc"', undefined],
    ['4.abc', undefined],
    ['*', '4.abc'],
    [' * ', '4.abc'],
    ['"*"', undefined],
    ['"a,b", "4.abc"', '4.abc'],
  ])('finds in %o: %o', (header, expected) => {
    expect(matchingTag(header, ours)).toBe(expected);
  });
});

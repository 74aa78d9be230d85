import { describe, expect, it } from 'vitest';
import { acceptedEncodings } from './accept-encoding.rules.ts';

describe('acceptedEncodings', () => {
  it.each([
    [undefined, ['identity']],
    ['', ['identity']],
    ['gzip', ['gzip', 'identity']],
    ['gzip, deflate, br, zstd', ['br', 'gzip', 'identity']],
    ['GZIP', ['gzip', 'identity']],
    ['x-gzip', ['gzip', 'identity']],
    ['br;q=0.5, gzip', ['gzip', 'br', 'identity']],
    ['br;q=0, gzip;q=0.1', ['gzip', 'identity']],
    ['*', ['br', 'gzip', 'identity']],
    ['*;q=0', ['identity']],
    ['gzip;q=0.5, *;q=0.8', ['br', 'gzip', 'identity']],
    ['gzip, *;q=0', ['gzip', 'identity']],
    ['identity', ['identity']],
    ['identity;q=1, gzip;q=0.5', ['identity', 'gzip']],
    ['identity;q=0', ['identity']],
    ['identity;q=0, br', ['br', 'identity']],
    ['br ; q=1.0 , gzip; q = 0.9', ['br', 'gzip', 'identity']],
    ['br;q=2, gzip;q=x', ['identity']],
    ['deflate', ['identity']],
    [',,;q=1,', ['identity']],
  ])('takes from %o, best first: %o', (header, expected) => {
    expect(acceptedEncodings(header)).toEqual(expected);
    expect(acceptedEncodings(header)).toEqual(expected);
  });

  it('stays right over more different headers than it remembers', () => {
    for (let index = 0; index < 200; index += 1) {
      expect(acceptedEncodings(`br;q=0.${index + 1}`)).toEqual(['br', 'identity']);
    }
  });
});

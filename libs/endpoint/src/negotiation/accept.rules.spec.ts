import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestType } from './accept.rules.ts';

const offered = ['application/json', 'text/csv'] as const;

describe('the media type of an answer', () => {
  it.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['text/*', 'application/json'],
    ['text/csv', 'text/csv'],
    ['TEXT/CSV; charset=utf-8', 'text/csv'],
    ['text/csv, */*;q=0.8', 'text/csv'],
    ['text/csv, */*', 'text/csv'],
    ['application/json, text/csv', 'application/json'],
    ['text/csv, application/json', 'text/csv'],
    ['application/json;q=0.5, text/csv;q=0.4', 'application/json'],
    ['text/csv;q=0', 'application/json'],
    ['text/csv;q=2', 'application/json'],
    ['image/png', 'application/json'],
    ['', 'application/json'],
  ])('for %j is %s', (accept, type) => {
    expect(bestType(accept, offered)).toBe(type);
  });

  it('is one of those offered, whatever the header says', () => {
    fc.assert(
      fc.property(fc.string(), (accept) => offered.includes(bestType(accept, offered) as 'text/csv')),
    );
  });
});

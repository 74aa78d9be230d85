import { describe, expect, it } from 'vitest';
import { isId, newId } from './new-id.ts';

describe('newId', () => {
  it('makes ids of its prefix that differ', () => {
    const ids = new Set(Array.from({ length: 10_000 }, () => newId('crs')));
    expect(ids.size).toBe(10_000);
    for (const id of ids) expect(isId('crs', id)).toBe(true);
  });

  it.each([
    '',
    'crs_',
    'usr_aaaaaaaaaaaaaaaaaaaa',
    'crs_AAAAAAAAAAAAAAAAAAAA',
    'crs_aaaaaaaaaaaaaaaaaaa',
    'crs_aaaaaaaaaaaaaaaaaaaa\n',
  ])('does not take %j for one', (value) => expect(isId('crs', value)).toBe(false));
});

import { describe, expect, it } from 'vitest';
import { cacheStatus } from './cache-status.ts';

describe('cacheStatus', () => {
  it.each([
    ['l1', 'registrar-courses; hit; detail=l1'],
    ['l2', 'registrar-courses; hit; detail=l2'],
    ['stale', 'registrar-courses; hit; detail=stale'],
    ['load', 'registrar-courses; fwd=uri-miss'],
  ] as const)('names the layer %s', (source, expected) => {
    expect(cacheStatus('registrar-courses', source)).toBe(expected);
  });

  it('puts what a cache nearer to the source said first', () => {
    expect(cacheStatus('registrar-edge', 'load', 'registrar-courses; hit; detail=l2')).toBe(
      'registrar-courses; hit; detail=l2, registrar-edge; fwd=uri-miss',
    );
  });

  it('quotes a name that is not a token', () => {
    expect(cacheStatus('the edge', 'l1')).toBe('"the edge"; hit; detail=l1');
  });
});

import { describe, expect, it } from 'vitest';
import { cacheLayerOf } from './cache-layer.rules.ts';

describe('cacheLayerOf', () => {
  it.each([
    ['registrar-gateway; hit; detail=l1', 'gateway'],
    ['registrar-courses; hit; detail=l1, registrar-gateway; fwd=uri-miss', 'service memory'],
    ['registrar-courses; hit; detail=l2, registrar-gateway; fwd=uri-miss', 'redis'],
    ['registrar-enrollments; hit; detail=l2', 'redis'],
    ['registrar-courses; fwd=uri-miss, registrar-gateway; fwd=uri-miss', 'source'],
    ['registrar-courses; fwd=uri-miss, registrar-gateway; hit; detail=l1', 'gateway'],
    ['registrar-gateway; hit; detail=stale', 'stale'],
    ['', 'none'],
  ])('reads %j as %s', (header, layer) => {
    expect(cacheLayerOf(header)).toBe(layer);
  });
});

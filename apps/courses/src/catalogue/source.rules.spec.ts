import { expect, it } from 'vitest';
import { farthest } from './source.rules.ts';

it('an answer of parts names the farthest layer, and stale where a part is', () => {
  expect(farthest([])).toBe('l1');
  expect(farthest(['l1', 'l2', 'l1'])).toBe('l2');
  expect(farthest(['load', 'l1'])).toBe('load');
  expect(farthest(['stale', 'load'])).toBe('stale');
});

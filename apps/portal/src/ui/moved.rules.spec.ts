import { expect, it } from 'vitest';
import { moved } from './moved.rules.ts';

it.each([
  [1, -1, 'bac'],
  [0, 2, 'bca'],
  [0, -1, 'abc'],
  [2, 1, 'abc'],
  [7, -1, 'abc'],
])('what stands at %d moves by %d', (at, by, expected) => {
  expect(moved(['a', 'b', 'c'], at, by).join('')).toBe(expected);
});

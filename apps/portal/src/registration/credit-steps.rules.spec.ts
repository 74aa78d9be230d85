import { expect, it } from 'vitest';
import { creditSteps } from './credit-steps.rules.ts';

it.each([
  ['fixed', 3, null, [3]],
  ['variable', 2, 1, [2, 1.75, 1.5, 1.25, 1]],
  ['variable by a quarter', 0.5, 0.25, [0.5, 0.25]],
  ['variable in name alone', 3, 3, [3]],
])('credits that are %s', (_, credits, minCredits, expected) => {
  expect(creditSteps({ credits, minCredits })).toEqual(expected);
});

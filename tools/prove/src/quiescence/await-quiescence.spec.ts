import { expect, it } from 'vitest';
import { awaitQuiescence } from './await-quiescence.ts';

it('waits until nothing is left several times in a row', async () => {
  const counts = [2, 0, 1, 0, 0, 0];
  let asked = 0;
  const count = () => Promise.resolve({ 'events unpublished': counts[asked++] ?? 0 });
  expect(await awaitQuiescence({ count }, 10_000, () => undefined)).toEqual({ 'events unpublished': 0 });
  expect(asked).toBe(counts.length);
});

it('gives what is left when it has waited long enough, and does not wait for dead letters', async () => {
  const count = () => Promise.resolve({ 'events unpublished': 1, 'dead letters': 2 });
  expect(await awaitQuiescence({ count }, 100, () => undefined)).toEqual({
    'events unpublished': 1,
    'dead letters': 2,
  });
});

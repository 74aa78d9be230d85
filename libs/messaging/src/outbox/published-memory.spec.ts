import { expect, it } from 'vitest';
import { PublishedMemory } from './published-memory.ts';

const one = (sequence: number) => ({ sequence, through: sequence });

it('remembers how far the aggregates published last have come, and forgets the others', () => {
  const memory = new PublishedMemory(2);
  memory.addAcknowledged('a', one(5));
  memory.addAcknowledged('b', one(1));
  memory.addAcknowledged('a', one(3));
  memory.addAcknowledged('c', one(1));
  expect([memory.get('a'), memory.get('b'), memory.get('c')]).toEqual([5, undefined, 1]);
});

it('knows the very entries that were acknowledged, and not every one with a lower number', () => {
  const memory = new PublishedMemory(2);
  memory.addAcknowledged('a', { sequence: 5, through: 7 });
  expect([memory.has('a', 5), memory.has('a', 3), memory.has('b', 5)]).toEqual([true, false, false]);
  memory.addAcknowledged('a', one(8));
  memory.addAcknowledged('a', one(9));
  expect([memory.has('a', 5), memory.has('a', 8), memory.has('a', 9)]).toEqual([false, true, true]);
});

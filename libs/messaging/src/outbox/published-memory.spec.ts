import { expect, it } from 'vitest';
import { PublishedMemory } from './published-memory.ts';

it('remembers how far the aggregates published last have come, and forgets the others', () => {
  const memory = new PublishedMemory(2);
  memory.set('a', 5);
  memory.set('b', 1);
  memory.set('a', 3);
  memory.set('c', 1);
  expect([memory.get('a'), memory.get('b'), memory.get('c')]).toEqual([5, undefined, 1]);
});

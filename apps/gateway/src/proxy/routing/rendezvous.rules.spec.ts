import { describe, expect, it } from 'vitest';
import { inOrderOfResponsibility } from './rendezvous.rules.ts';

const nodes = ['http://a:1', 'http://b:1', 'http://c:1', 'http://d:1'];
const keys = Array.from({ length: 4_000 }, (_, at) => `course${at}`);
const firstOf = (from: string[], key: string) => inOrderOfResponsibility(from, (node) => node, key)[0];

describe('rendezvous hashing', () => {
  it('gives each node about its share of the keys', () => {
    const shares = nodes.map((node) => keys.filter((key) => firstOf(nodes, key) === node).length);
    for (const share of shares) expect(Math.abs(share - 1_000)).toBeLessThan(150);
  });

  it('moves only the keys of the node that leaves', () => {
    const left = nodes.slice(1);
    for (const key of keys) {
      const before = firstOf(nodes, key);
      if (before !== nodes[0]) expect(firstOf(left, key)).toBe(before);
    }
  });

  it('does not depend on the order in which the nodes are named', () => {
    for (const key of keys.slice(0, 100)) expect(firstOf(nodes.toReversed(), key)).toBe(firstOf(nodes, key));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fence, fenceCondition, SequenceFence } from './fence.ts';

describe('a fence', () => {
  it('lets newer state in and nothing else', () => {
    expect(fence(undefined, 1)).toBe('apply');
    expect(fence(1, 2)).toBe('apply');
    expect(fence(1, 9)).toBe('apply');
    expect(fence(2, 2)).toBe('stale');
    expect(fence(3, 2)).toBe('stale');
  });

  it('ends with the newest state, however events are repeated and mixed', () => {
    const histories = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(histories, (versions) => {
        let kept: number | undefined;
        for (const version of versions) if (fence(kept, version) === 'apply') kept = version;
        return kept === Math.max(...versions);
      }),
    );
  });

  it('gives DynamoDB the same decision as a condition', () => {
    expect(fenceCondition('version', 4)).toEqual({
      ConditionExpression: 'attribute_not_exists(#fence) OR #fence < :fence',
      ExpressionAttributeNames: { '#fence': 'version' },
      ExpressionAttributeValues: { ':fence': 4 },
    });
  });
});

describe('a sequence fence', () => {
  it('tells first, next, duplicate and gap apart', () => {
    const seen = new SequenceFence();
    expect([1, 2, 2, 1, 5, 6].map((sequence) => seen.follow('a', sequence))).toEqual([
      'first',
      'next',
      'duplicate',
      'duplicate',
      'gap',
      'next',
    ]);
    expect(seen.follow('b', 7)).toBe('first');
  });

  it('remembers a bounded number of aggregates', () => {
    const seen = new SequenceFence(2);
    for (const aggregate of ['a', 'b', 'c']) seen.follow(aggregate, 1);
    expect(seen.follow('a', 1)).toBe('first');
    expect(seen.follow('c', 1)).toBe('duplicate');
  });
});

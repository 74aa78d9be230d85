import { describe, expect, it } from 'vitest';
import { PartitionProgress } from './partition-progress.ts';

describe('the progress of a partition', () => {
  it('passes only over what is handled without a gap', () => {
    const progress = new PartitionProgress();
    for (const offset of ['1', '2', '4']) progress.settle(offset);
    expect(progress.pass(['1', '2', '3', '4'])).toBe('2');
    expect(progress.pass(['3', '4'])).toBeUndefined();
    progress.settle('3');
    expect(progress.pass(['3', '4'])).toBe('4');
  });

  it('remembers what is handled beyond a gap, and forgets what it passed', () => {
    const progress = new PartitionProgress();
    progress.settle('2');
    expect([progress.isHandled('1'), progress.isHandled('2')]).toEqual([false, true]);
    progress.settle('1');
    progress.pass(['1', '2']);
    expect(progress.isHandled('2')).toBe(false);
  });

  it('counts the tries of each event', () => {
    const progress = new PartitionProgress();
    expect([progress.nextAttempt('1'), progress.nextAttempt('1'), progress.nextAttempt('2')]).toEqual([
      1, 2, 1,
    ]);
  });
});

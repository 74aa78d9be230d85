import { describe, expect, it } from 'vitest';
import { PartitionProgress } from './partition-progress.ts';

describe('the progress of a partition', () => {
  it('passes only over what is handled without a gap', () => {
    const progress = new PartitionProgress();
    for (const offset of ['1', '2', '4']) progress.complete(offset);
    expect(progress.pass(['1', '2', '3', '4'])).toBe('2');
    expect(progress.pass(['3', '4'])).toBeUndefined();
    progress.complete('3');
    expect(progress.pass(['3', '4'])).toBe('4');
  });

  it('remembers what is handled beyond a gap, and forgets what it passed', () => {
    const progress = new PartitionProgress();
    progress.complete('2');
    expect([progress.isHandled('1'), progress.isHandled('2')]).toEqual([false, true]);
    progress.complete('1');
    progress.pass(['1', '2']);
    expect(progress.isHandled('2')).toBe(false);
  });

  it('counts failures and outages of each event by themselves', () => {
    const progress = new PartitionProgress();
    for (const infrastructure of [true, true, false, true]) progress.failed('1', infrastructure);
    expect(progress.triesOf('1')).toEqual({ made: 4, failures: 1, outages: 1 });
    expect(progress.triesOf('2')).toEqual({ made: 0, failures: 0, outages: 0 });
  });

  it('forgets the tries of an event that is settled', () => {
    const progress = new PartitionProgress();
    progress.failed('1', false);
    progress.complete('1');
    expect(progress.triesOf('1')).toEqual({ made: 0, failures: 0, outages: 0 });
  });
});

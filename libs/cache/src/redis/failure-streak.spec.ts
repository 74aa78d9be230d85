import { describe, expect, it } from 'vitest';
import { FailureStreak } from './failure-streak.ts';

describe('FailureStreak', () => {
  it('lasts when there were enough failures over enough time', () => {
    const streak = new FailureStreak(3, 15);
    expect([streak.fail(100), streak.fail(110), streak.fail(114), streak.fail(115)]).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  it('is no streak when many fail at the same moment', () => {
    const streak = new FailureStreak(3, 15);
    expect(Array.from({ length: 100 }, () => streak.fail(100))).not.toContain(true);
  });

  it('ends with a success', () => {
    const streak = new FailureStreak(2, 0);
    streak.fail(1);
    streak.end();
    expect(streak.fail(2)).toBe(false);
  });
});

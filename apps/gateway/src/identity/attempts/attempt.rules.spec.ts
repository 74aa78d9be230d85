import { describe, expect, it } from 'vitest';
import { failuresAt, slowdownMs } from './attempt.rules.ts';

describe('failed attempts', () => {
  it('count within their window only', () => {
    expect(failuresAt(undefined, 0)).toBe(0);
    expect(failuresAt({ failures: 3, windowEndsAt: 10 }, 9)).toBe(3);
    expect(failuresAt({ failures: 3, windowEndsAt: 10 }, 10)).toBe(0);
  });

  it('of others slow an account by a second at most, and never close it', () => {
    expect(slowdownMs(20)).toBe(0);
    expect(slowdownMs(30)).toBe(500);
    expect(slowdownMs(1_000_000)).toBe(1_000);
  });
});

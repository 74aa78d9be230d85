import { describe, expect, it } from 'vitest';
import { cpuSecondsOf } from './process-figures.ts';

describe('cpuSecondsOf', () => {
  it('finds the times after a name with spaces and brackets', () => {
    const stat =
      '42 (node (a) b) S 1 42 42 0 -1 4194304 100 0 0 0 150 50 0 0 20 0 11 0 500 1000 200 18446744';
    expect(cpuSecondsOf(stat)).toBe(2);
  });
});

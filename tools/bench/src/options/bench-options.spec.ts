import { describe, expect, it } from 'vitest';
import { benchOptions, durationsOf } from './bench-options.ts';

describe('benchOptions', () => {
  it('measures the whole thing unless told otherwise', () => {
    expect(benchOptions([])).toEqual({ scale: 1, minutes: 2, quick: false, withoutBefore: false });
  });

  it('is over soon with --quick', () => {
    const options = benchOptions(['--quick']);
    expect(options.scale).toBe(0.1);
    expect(Object.values(durationsOf(options)).reduce((sum, seconds) => sum + seconds, 0)).toBeLessThan(20);
  });

  it('takes a scale and a length', () => {
    expect(benchOptions(['--scale', '5', '--minutes=10'])).toMatchObject({ scale: 5, minutes: 10 });
    expect(durationsOf(benchOptions(['--minutes', '10'])).steady).toBe(600);
  });

  it.each([['--scale', '0'], ['--minutes', 'two'], ['--fast']])('refuses %s', (...args) => {
    expect(() => benchOptions(args)).toThrow();
  });
});

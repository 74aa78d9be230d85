import { describe, expect, it } from 'vitest';
import { dollars, duration, figure, percent, size, table } from './format.ts';

describe('figures', () => {
  it.each([
    [0, '0'],
    [0.000_31, '0.0003'],
    [0.617, '0.62'],
    [12.34, '12.3'],
    [1_240.4, '1,240'],
    [1e308, 'beyond the last bucket'],
  ])('%d reads %s', (value, shown) => expect(figure(value)).toBe(shown));

  it('keep a share that is not all of it below 100 %', () => {
    expect(percent(0.999_96)).toBe('99.996 %');
    expect(percent(1)).toBe('100 %');
    expect(percent(0.123)).toBe('12.3 %');
  });

  it('have the unit that suits them', () => {
    expect(duration(3_812)).toBe('3.81 s');
    expect(duration(0.71)).toBe('0.71 ms');
    expect(size(640)).toBe('640 B');
    expect(size(15_360)).toBe('15.4 KB');
    expect(dollars(68.5)).toBe('$68.50');
  });

  it('stand in tables that no bar breaks', () => {
    expect(table(['a', 'b'], [['x|y', '1']])).toBe('| a | b |\n| --- | --- |\n| x\\|y | 1 |');
  });
});

import { describe, expect, it } from 'vitest';
import { reportOf } from './report.ts';
import type { Visit } from './visit.ts';

function visit(firstMs: number, layoutShift: number, dropMs: number): Visit {
  return {
    firstMs,
    againMs: 400,
    layoutShift,
    interactions: new Map([
      ['enroll', 48],
      ['drop', dropMs],
    ]),
  };
}

describe('the report of the portal', () => {
  it('shows medians, of layout shifts the worst, and in bold what misses its goal', () => {
    const visits = [visit(900, 0, 220), visit(1_400, 0.03, 300), visit(1_250.4, 0, 208)];
    const [head, , goal, row] = reportOf([{ name: 'Home', visits }]).split('\n');
    const cells = (line = '') =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1);
    expect(cells(head)).toHaveLength(5);
    expect(cells(goal)).toEqual(['**goal**', '1,000 ms', '1,000 ms', '200 ms', '0.02']);
    expect(cells(row)).toEqual(['Home', '**1,250 ms**', '400 ms', '**220 ms** (drop)', '**0.030**']);
  });

  it('takes the middle of an even number of visits', () => {
    expect(reportOf([{ name: 'Home', visits: [visit(500, 0, 16), visit(600, 0, 16)] }])).toContain('550 ms');
  });
});

import { describe, expect, it } from 'vitest';
import { countFilters, filtersOf, listQueryOf } from './filters.rules.ts';

const of = (address: string) => filtersOf(new URLSearchParams(address));

describe('filters of an address', () => {
  it('are asked for as the API takes them', () => {
    const filters = of('q=linear&departmentId=MATH&day=mon&from=09:00&credits=1.5&available=true&fits=true');
    expect(listQueryOf(filters)).toEqual({
      q: 'linear',
      departmentId: 'MATH',
      day: 'mon',
      from: '09:00',
      credits: '1.5',
      available: 'true',
      sort: 'relevance',
      limit: 25,
    });
    expect(countFilters(filters)).toBe(6);
  });

  it('leave out what makes no sense, so that a mistyped link still shows courses', () => {
    expect(
      listQueryOf(of('departmentId=%20a%2Fb&day=someday&from=25:00&to=9&level=12&credits=1.3&q=%20')),
    ).toEqual({
      limit: 25,
    });
  });

  it('are cut where they are longer than the API takes', () => {
    expect(of(`q=${'x'.repeat(500)}`).q).toHaveLength(200);
  });
});

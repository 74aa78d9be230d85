import type { courseRoutes } from '@registrar/contracts-courses';
import type { AskOf } from '@registrar/contracts-http';
import { weekdays } from '../app/weekdays.ts';

type ListQuery = NonNullable<AskOf<(typeof courseRoutes)['listCourses']>['query']>;

/** What the reader looks for, as the address of the page says it, under the same names. Empty texts are no filter. */
export interface Filters {
  readonly q: string;
  readonly semesterId: string;
  readonly departmentId: string;
  readonly level: string;
  readonly day: string;
  readonly from: string;
  readonly to: string;
  readonly credits: string;
  readonly instructor: string;
  readonly available: boolean;
  /** Only what does not meet at a time of the own courses. */
  readonly fits: boolean;
}

/** Reads the filters of an address; what makes no sense is left out, so that a mistyped link still shows courses. */
export function filtersOf(query: URLSearchParams): Filters {
  const text = (name: string, pattern: RegExp) => {
    const value = query.get(name) ?? '';
    return pattern.test(value) ? value : '';
  };
  const id = /^[A-Za-z0-9_-]{1,40}$/;
  const clock = /^([01]\d|2[0-3]):[0-5]\d$/;
  const day = query.get('day') ?? '';
  return {
    q: (query.get('q') ?? '').slice(0, 200),
    semesterId: text('semesterId', id),
    departmentId: text('departmentId', id),
    level: text('level', /^\d$/),
    day: (weekdays as readonly string[]).includes(day) ? day : '',
    from: text('from', clock),
    to: text('to', clock),
    credits: text('credits', /^\d{1,2}(\.(25|5|75))?$/),
    instructor: (query.get('instructor') ?? '').slice(0, 100),
    available: query.get('available') === 'true',
    fits: query.get('fits') === 'true',
  };
}

/** The filters as the API takes them; the best matches first where words are looked for. */
export function listQueryOf(filters: Filters): ListQuery {
  const { available, fits: _, ...texts } = filters;
  const filled = Object.entries(texts).filter(([, value]) => value.trim() !== '');
  return {
    ...Object.fromEntries(filled),
    ...(available && { available: 'true' as const }),
    ...(filters.q.trim() !== '' && { sort: 'relevance' as const }),
    limit: 25,
  } as ListQuery;
}

/** How many filters beside the search are set. */
export function countFilters({ q: _, semesterId: __, ...filters }: Filters): number {
  return Object.values(filters).filter((value) => value !== '' && value !== false).length;
}

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { callApi } from '../api/client.ts';
import type { AnswerTo } from '../api/routes.ts';
import type { Filters } from './filters.rules.ts';
import { listQueryOf } from './filters.rules.ts';
import type { Course } from './use-courses-by-id.ts';

const route = 'GET /api/courses';

/** The courses that fit the filters, page by page. While others are read, the rows before stay. */
export function useCourseList(filters: Filters) {
  const query = listQueryOf(filters);
  const list = useInfiniteQuery({
    queryKey: [route, { query, pages: true }],
    queryFn: ({ pageParam, signal }) =>
      callApi(route, { query: { ...query, ...(pageParam !== '' && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page: AnswerTo<'GET /api/courses'>) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const pages = list.data?.pages;
  const data = useMemo(() => pages && coursesOf(pages), [pages]);
  return { ...list, data };
}

/** A course that moved between two pages while they were read stands once. */
function coursesOf(pages: readonly { readonly items: readonly Course[] }[]): readonly Course[] {
  return [...new Map(pages.flatMap(({ items }) => items).map((course) => [course.id, course])).values()];
}

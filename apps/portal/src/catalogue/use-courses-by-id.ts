import type { UseQueryResult } from '@tanstack/react-query';
import { useQueries } from '@tanstack/react-query';
import type { Read } from '../api/queries.ts';
import { apiQuery, queryClient } from '../api/queries.ts';
import type { AnswerTo } from '../api/routes.ts';

/** A course with its counts. */
export type Course = AnswerTo<'GET /api/courses/:id'>;

type Batch = AnswerTo<'POST /api/courses/batch-get'>;

const route = 'POST /api/courses/batch-get';
const mostIds = 100;

/** Courses by id, asked for a hundred at a time; those that do not exist, or are drafts, are left out. */
export function useCoursesById(ids: readonly string[]): Read<ReadonlyMap<string, Course>> {
  const wanted = [...new Set(ids)].sort();
  const batches = Array.from({ length: Math.ceil(wanted.length / mostIds) }, (_, batch) =>
    wanted.slice(batch * mostIds, (batch + 1) * mostIds),
  );
  return useQueries({
    queries: batches.map((batch) => ({
      ...apiQuery(route, { body: { ids: batch } }),
      placeholderData: () => knownBatch(batch),
    })),
    combine: joinBatches,
  });
}

/** The courses as earlier batches brought them, where they brought all: one more id leaves the others on screen. */
function knownBatch(ids: readonly string[]): Batch | undefined {
  const known = new Map(
    queryClient
      .getQueriesData<Batch>({ queryKey: [route] })
      .flatMap(([, batch]) => batch?.items ?? [])
      .map((course) => [course.id, course]),
  );
  const items = ids.flatMap((id) => known.get(id) ?? []);
  return items.length === ids.length ? { items, missing: [] } : undefined;
}

function joinBatches(reads: UseQueryResult<unknown>[]): Read<ReadonlyMap<string, Course>> {
  const batches = reads.map(({ data }) => data as Batch | undefined);
  const isWhole = !batches.includes(undefined);
  return {
    data: isWhole
      ? new Map(batches.flatMap((batch) => batch?.items ?? []).map((course) => [course.id, course]))
      : undefined,
    error: reads.find(({ error }) => error !== null)?.error ?? null,
    isFetching: reads.some(({ isFetching }) => isFetching),
    dataUpdatedAt: reads.length === 0 ? 0 : Math.min(...reads.map(({ dataUpdatedAt }) => dataUpdatedAt)),
    refetch: () => Promise.all(reads.map(({ refetch }) => refetch())),
  };
}

import { useEffect, useMemo, useState } from 'react';
import { useQueries } from '@tanstack/react-query';
import type { ChangeResult, ChangesAnswer } from '@registrar/contracts-enrollments';
import { callApi } from '../api/client.ts';
import type { Read } from '../api/queries.ts';
import { useSession } from '../app/session-hooks.ts';
import type { CartItem } from './cart.rules.ts';
import { placesOf, setsOf } from './cart.rules.ts';

const route = 'POST /api/enrollments/changes';
/** While a reader ticks several boxes, only the last state is asked about. */
const settleMs = 350;
const staleTime = 10_000;

/** What would come of each course now, by its id. */
export type CartCheck = ReadonlyMap<string, ChangeResult>;

/**
 * Asks what would come of these items, and writes nothing. It follows changes after a moment; an answer that is no
 * longer wanted is cancelled.
 */
export function useCartCheck(items: readonly CartItem[]): Read<CartCheck> {
  const { status } = useSession();
  const settled = useSettled(items);
  const sets = useMemo(() => setsOf(settled), [settled]);
  return useQueries({
    queries: sets.map((set) => {
      const body = { add: placesOf(set), mode: 'each' as const };
      return {
        queryKey: [route, { dryRun: true, body }],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          callApi(route, { query: { dryRun: 'true' }, body, signal }),
        enabled: status === 'signed-in',
        staleTime,
      };
    }),
    combine: joinChecks,
  });
}

function joinChecks(
  reads: readonly Pick<Read<ChangesAnswer>, 'data' | 'error' | 'dataUpdatedAt' | 'isFetching' | 'refetch'>[],
): Read<CartCheck> {
  const results = reads.flatMap(({ data }) => data?.results ?? []);
  return {
    data: new Map(results.map((result) => [result.courseId, result])),
    error: reads.find(({ error }) => error !== null)?.error ?? null,
    isFetching: reads.some(({ isFetching }) => isFetching),
    dataUpdatedAt: Math.min(...reads.map(({ dataUpdatedAt }) => dataUpdatedAt)),
    refetch: () => Promise.all(reads.map(({ refetch }) => refetch())),
  };
}

/** The value, once it has been the same for a moment; the first at once. */
function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

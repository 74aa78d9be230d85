import type { UseQueryOptions, UseQueryResult } from '@tanstack/react-query';
import { QueryClient, useQuery } from '@tanstack/react-query';
import { callApi } from './client.ts';
import { ApiProblem, Unreachable } from './problems.ts';
import type { AnswerTo, Ask, RouteName } from './routes.ts';

const tries = 3;

/** The server state of this tab. A busy server's answer is shown at once: its panel counts down and tries again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 30 * 60_000,
      networkMode: 'always',
      retry: (count, error) => isPassing(error) && count < tries,
      retryDelay: (count) => Math.min(8_000, 500 * 2 ** count),
    },
  },
});

/** Whether a try soon after, without a word to the reader, may succeed. */
export function isPassing(error: unknown): boolean {
  if (error instanceof Unreachable) return navigator.onLine;
  return error instanceof ApiProblem && !error.isBusy && error.body.status >= 500;
}

/** What TanStack Query is asked with for a route. */
type ApiQueryOptions<Name extends RouteName> = UseQueryOptions<AnswerTo<Name>> & {
  readonly queryKey: readonly unknown[];
};

/** The query of a GET route, for `useQuery` and the cache alike; its key is the route's name and what is asked. */
export function apiQuery<Name extends RouteName>(name: Name, ask: Ask<Name>): ApiQueryOptions<Name> {
  return {
    queryKey: [name, ask],
    queryFn: ({ signal }) => callApi(name, { ...ask, signal } as Ask<Name>),
  };
}

/** Reads a GET route. */
export function useApi<Name extends RouteName>(
  name: Name,
  ask: Ask<Name>,
  options: Pick<ApiQueryOptions<Name>, 'enabled' | 'staleTime' | 'placeholderData'> = {},
): UseQueryResult<AnswerTo<Name>> {
  return useQuery({ ...apiQuery(name, ask), ...options });
}

/** How a read stands: its data where it has some, and its error. */
export interface Read<Data> extends Pick<
  UseQueryResult<Data>,
  'data' | 'error' | 'dataUpdatedAt' | 'isFetching'
> {
  readonly refetch: () => Promise<unknown>;
}

/** Whether a read has data, has failed, or does not run. */
export function isSettled({ data, isFetching }: Pick<Read<unknown>, 'data' | 'isFetching'>): boolean {
  return data !== undefined || !isFetching;
}

/** A read of something that follows from what another one brought. */
export function mapRead<From, To>(read: Read<From>, map: (data: From) => To | undefined): Read<To> {
  const { data, error, dataUpdatedAt, isFetching, refetch } = read;
  return { data: data === undefined ? undefined : map(data), error, dataUpdatedAt, isFetching, refetch };
}

/** Marks what was read by these routes as old: what is on screen is read again. */
export async function refreshReads(...names: RouteName[]): Promise<void> {
  await Promise.all(names.map((name) => queryClient.invalidateQueries({ queryKey: [name] })));
}

/** Whether an error means that there is no connection. */
export function isOffline(error: unknown): boolean {
  return error instanceof Unreachable;
}

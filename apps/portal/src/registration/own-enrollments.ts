import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { callApi } from '../api/client.ts';
import type { Read } from '../api/queries.ts';
import type { AnswerTo } from '../api/routes.ts';
import { useSession } from '../app/session-hooks.ts';

/** An enrollment. */
export type Enrollment = AnswerTo<'GET /api/enrollments/:id'>;

const route = 'GET /api/enrollments/me';
const pageSize = 100;

/**
 * Every own enrollment of a semester, newest first, ended ones too. Nothing is asked without a session, or before the
 * semester is known.
 */
export function useOwnEnrollments(semesterId: string | undefined): Read<readonly Enrollment[]> {
  const { status } = useSession();
  const query: UseQueryResult<readonly Enrollment[]> = useQuery({
    queryKey: [route, { semesterId, all: true }],
    queryFn: ({ signal }) => readAll(semesterId ?? '', signal),
    enabled: semesterId !== undefined && (status === 'signed-in' || status === 'offline'),
  });
  return query;
}

async function readAll(semesterId: string, signal: AbortSignal): Promise<readonly Enrollment[]> {
  const items: Enrollment[] = [];
  let cursor: string | undefined;
  do {
    const query = { semesterId, limit: pageSize, ...(cursor !== undefined && { cursor }) };
    const page = await callApi(route, { query, signal });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}

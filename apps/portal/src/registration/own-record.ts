import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { GradeScale } from '@registrar/eligibility/rules';
import { callApi } from '../api/client.ts';
import type { Read } from '../api/queries.ts';
import { useApi } from '../api/queries.ts';
import type { AnswerTo } from '../api/routes.ts';
import { useCampus } from '../app/campus.ts';
import { useSession } from '../app/session-hooks.ts';

/** A student's record. */
export type Student = AnswerTo<'GET /api/students/me'>;

const route = 'GET /api/students/me/completions';

/** A completed course. */
export type Completion = AnswerTo<typeof route>['items'][number];

const pageSize = 100;
const staleTime = 60_000;

/** The reader's own record; nothing is asked without a session. */
export function useOwnRecord(): Read<Student> {
  return useApi('GET /api/students/me', {}, { enabled: useHasSession(), staleTime });
}

/** Every course that the reader has completed, newest first, failed ones too. @param isWanted false asks for nothing */
export function useCompletions(isWanted = true): Read<readonly Completion[]> {
  const query: UseQueryResult<readonly Completion[]> = useQuery({
    queryKey: [route, { all: true }],
    queryFn: ({ signal }) => readAll(signal),
    enabled: useHasSession() && isWanted,
    staleTime,
  });
  return query;
}

/** The grades of the campus. */
export function useGradeScale(): GradeScale {
  const { grading } = useCampus();
  return useMemo(
    () => (grading ? new GradeScale(grading.grades, grading.passMark) : new GradeScale()),
    [grading],
  );
}

function useHasSession(): boolean {
  const { status } = useSession();
  return status === 'signed-in' || status === 'offline';
}

async function readAll(signal: AbortSignal): Promise<readonly Completion[]> {
  const items: Completion[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: pageSize, ...(cursor !== undefined && { cursor }) };
    const page = await callApi(route, { query, signal });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}

import { useCallback, useRef, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../api/client.ts';
import { ApiProblem } from '../api/problems.ts';
import type { Read } from '../api/queries.ts';
import { apiQuery } from '../api/queries.ts';
import { useSession } from '../app/session-hooks.ts';
import type { Plan, PlanCheck, PlanEntry } from './plan.rules.ts';

const route = 'GET /api/plans/:semesterId';
const checkRoute = 'POST /api/plans/:semesterId/check';

/** How the plan stands towards what the server keeps. `changed-elsewhere`: another tab or device was first. */
export type SaveState = 'saved' | 'saving' | 'changed-elsewhere' | 'failed';

/** The reader's plan for a semester: shown as it was changed last, and kept by the server soon after. */
export interface OwnPlan {
  readonly read: Read<Plan>;
  /** Undefined while it is not known. */
  readonly entries: readonly PlanEntry[] | undefined;
  readonly state: SaveState;
  readonly change: (entries: readonly PlanEntry[]) => void;
  /** Sends what could not be kept once more. */
  readonly retry: () => void;
  /** Gives the own changes up for what the server keeps. */
  readonly reload: () => void;
}

/** Reads and changes the plan. One save is on its way at a time; what is changed meanwhile follows it. */
export function usePlan(semesterId: string): OwnPlan {
  const { status } = useSession();
  const client = useQueryClient();
  const query = apiQuery(route, { params: { semesterId } });
  const read = useQuery({ ...query, enabled: status === 'signed-in' || status === 'offline' });
  const [draft, setDraft] = useState<readonly PlanEntry[]>();
  const [state, setState] = useState<SaveState>('saved');
  const wanted = useRef<readonly PlanEntry[]>(undefined);
  const isSaving = useRef(false);
  const key = JSON.stringify(query.queryKey);

  const save = useCallback(async (): Promise<void> => {
    const queryKey = JSON.parse(key) as readonly unknown[];
    if (isSaving.current) return;
    isSaving.current = true;
    setState('saving');
    try {
      while (wanted.current !== undefined) {
        const entries = wanted.current;
        client.setQueryData(queryKey, await put(semesterId, entries, client.getQueryData<Plan>(queryKey)));
        if (wanted.current === entries) wanted.current = undefined;
      }
      setDraft(undefined);
      setState('saved');
    } catch (error) {
      const isStale = error instanceof ApiProblem && error.body.status === 412;
      setState(isStale ? 'changed-elsewhere' : 'failed');
    } finally {
      isSaving.current = false;
    }
  }, [client, key, semesterId]);

  return {
    read,
    entries: draft ?? read.data?.entries,
    state,
    change: (entries) => {
      wanted.current = entries;
      setDraft(entries);
      if (state !== 'changed-elsewhere') void save();
    },
    retry: () => void save(),
    reload: () => {
      wanted.current = undefined;
      setDraft(undefined);
      setState('saved');
      void read.refetch();
    },
  };
}

/** What the plan would come to, once it is kept. */
export function usePlanCheck(plan: Plan | undefined, isSettled: boolean): Read<PlanCheck> {
  const { status } = useSession();
  const { semesterId = '', version = 0, entries = [] } = plan ?? {};
  return useQuery({
    queryKey: [checkRoute, { semesterId, version }],
    queryFn: ({ signal }) => callApi(checkRoute, { params: { semesterId }, signal }),
    enabled: status === 'signed-in' && isSettled && entries.length > 0,
    staleTime: 10_000,
  });
}

function put(semesterId: string, entries: readonly PlanEntry[], before: Plan | undefined): Promise<Plan> {
  const { version = 0, armed = false } = before ?? {};
  return callApi('PUT /api/plans/:semesterId', {
    params: { semesterId },
    body: { entries: [...entries], armed },
    // There is nothing to match before the first.
    ...(version > 0 && { headers: { 'if-match': `"${version}"` } }),
  });
}

import { useCallback } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../api/client.ts';
import { ApiProblem } from '../api/problems.ts';
import type { Read } from '../api/queries.ts';
import { useApi } from '../api/queries.ts';
import { useServerNow } from '../app/server-time.ts';
import { useSession } from '../app/session-hooks.ts';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { permitRequestKey } from '../inbox/use-inbox.ts';
import type { Permit } from './permit.rules.ts';
import { usablePermits } from './permit.rules.ts';

/** How a request for a permit stands, as far as the API tells students. */
export type RequestState = 'none' | 'open' | 'declined';

const mostPermits = 100;

/** The reader's permit for a course, and the rules that it sets aside. */
export function useOwnPermit(course: Course): {
  readonly permit: Permit | undefined;
  /** Codes of refusals. */
  readonly allowed: ReadonlySet<string>;
  readonly read: Read<{ readonly items: readonly Permit[] }>;
} {
  const { status } = useSession();
  const read = useApi(
    'GET /api/permits/me',
    { query: { limit: mostPermits } },
    { enabled: status === 'signed-in' },
  );
  const nowMs = useServerNow(30_000);
  const permits = usablePermits(read.data?.items ?? [], { courseId: course.id, nowMs });
  return { permit: permits[0], allowed: new Set(permits.flatMap(({ allows }) => allows)), read };
}

/** The reader's request for a permit for a course: how it stands, and the way to send one. */
export function usePermitRequest(courseId: string) {
  const client = useQueryClient();
  const sent = useQuery<'open' | null>({
    queryKey: [permitRequestKey, courseId],
    queryFn: () => null,
    enabled: false,
    staleTime: Infinity,
  });
  const inbox = useApi('GET /api/notifications/me', { query: { limit: 25 } });
  // The newest is first.
  const answered = inbox.data?.items.find(
    ({ type, courseId: of }) => of === courseId && (type === 'permit_declined' || type === 'permitted'),
  );
  const request = useCallback(
    async (reason: string): Promise<void> => {
      try {
        await callApi('POST /api/courses/:id/permit-requests', {
          params: { id: courseId },
          body: { reason },
        });
      } catch (error) {
        // Asked for before, perhaps from another device: it is open, which is what was wanted.
        if (!(error instanceof ApiProblem) || error.body.code !== 'permit_request_exists') throw error;
      }
      client.setQueryData([permitRequestKey, courseId], 'open');
    },
    [client, courseId],
  );
  const state: RequestState =
    sent.data === 'open' ? 'open' : answered?.type === 'permit_declined' ? 'declined' : 'none';
  return { state, request };
}

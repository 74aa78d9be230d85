import { useCallback } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../api/client.ts';
import { ApiProblem } from '../api/problems.ts';
import type { Read } from '../api/queries.ts';
import { useApi } from '../api/queries.ts';
import { useServerNow } from '../app/server-time.ts';
import { useSession } from '../app/session-hooks.ts';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import type { Permit } from './permit.rules.ts';
import { usablePermit } from './permit.rules.ts';

/** How a request for a permit stands, as far as the API tells students. */
export type RequestState = 'none' | 'open' | 'declined';

const mostPermits = 100;

/** The reader's permit for a course that needs one; nothing is asked for others. */
export function useOwnPermit(course: Course): {
  readonly permit: Permit | undefined;
  readonly read: Read<{ readonly items: readonly Permit[] }>;
} {
  const { status } = useSession();
  const isAsked = status === 'signed-in' && course.consent === 'instructor';
  const read = useApi('GET /api/permits/me', { query: { limit: mostPermits } }, { enabled: isAsked });
  const nowMs = useServerNow(30_000);
  const asked = { courseId: course.id, code: 'permission_required', nowMs };
  return { permit: usablePermit(read.data?.items ?? [], asked), read };
}

/** The reader's request for a permit for a course: how it stands, and the way to send one. */
export function usePermitRequest(courseId: string) {
  const client = useQueryClient();
  const key = ['permit request', courseId];
  const sent = useQuery<'open' | null>({
    queryKey: key,
    queryFn: () => null,
    enabled: false,
    staleTime: Infinity,
  });
  const inbox = useApi('GET /api/notifications/me', { query: { limit: 25 } });
  const isDeclined = inbox.data?.items.some(
    (one) => String(one.type) === 'permit_declined' && one.courseId === courseId,
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
      client.setQueryData(['permit request', courseId], 'open');
    },
    [client, courseId],
  );
  const state: RequestState = sent.data === 'open' ? 'open' : isDeclined ? 'declined' : 'none';
  return { state, request };
}

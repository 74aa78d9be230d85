import { useEffect } from 'react';
import { refreshReads, useApi } from '../api/queries.ts';
import { useSession } from '../app/session-hooks.ts';
import { liveHub } from '../live/live-hub.ts';

/** How many notifications the reader has not read; 0 without a session. */
export function useUnreadCount(): number {
  const { status } = useSession();
  useEffect(
    () =>
      liveHub.subscribe((event) => {
        if (event.kind === 'notification')
          void refreshReads('GET /api/notifications/me', 'GET /api/enrollments/me');
      }),
    [],
  );
  const inbox = useApi(
    'GET /api/notifications/me',
    { query: { limit: 25 } },
    { enabled: status === 'signed-in' },
  );
  return inbox.data?.unreadCount ?? 0;
}

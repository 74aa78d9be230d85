import type { InfiniteData } from '@tanstack/react-query';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { callApi } from '../api/client.ts';
import { queryClient, refreshReads, useApi } from '../api/queries.ts';
import type { AnswerTo } from '../api/routes.ts';
import { useSession } from '../app/session-hooks.ts';
import { liveHub } from '../live/live-hub.ts';

const route = 'GET /api/notifications/me';
/** Of queries that remember the requests for permits of this page. */
export const permitRequestKey = 'permit request';
const pagesKey = [route, { pages: true }];

type Page = AnswerTo<typeof route>;
type Pages = InfiniteData<Page, string>;

/** How many notifications the reader has not read; 0 without a session. What the stream brings is read at once. */
export function useUnreadCount(): number {
  const { status } = useSession();
  useEffect(
    () =>
      liveHub.subscribe((event) => {
        if (event.kind !== 'notification') return;
        void refreshReads(route, 'GET /api/enrollments/me');
        const { type } = event.data as Page['items'][number];
        if (type === 'hold_placed' || type === 'hold_released')
          void refreshReads('GET /api/semesters/:id/window', 'GET /api/holds/me');
        if (type === 'permitted' || type === 'permit_declined') {
          void refreshReads('GET /api/permits/me');
          queryClient.removeQueries({ queryKey: [permitRequestKey] });
        }
      }),
    [],
  );
  const newest = useApi(route, { query: { limit: 25 } }, { enabled: status === 'signed-in' });
  return newest.data?.unreadCount ?? 0;
}

/** The inbox, page by page, and what the reader does to it. Read marks show at once. */
export function useInbox() {
  const unreadCount = useUnreadCount();
  const query = useInfiniteQuery({
    queryKey: pagesKey,
    queryFn: ({ pageParam, signal }) =>
      callApi(route, { query: { limit: 50, ...(pageParam !== '' && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page: Page) => page.nextCursor ?? undefined,
  });
  const pages = query.data?.pages;
  const items = useMemo(() => pages?.flatMap((page) => page.items), [pages]);
  return {
    list: { ...query, data: items },
    unreadCount,
    markRead: (id: string) => {
      showRead((item) => item.id === id);
      void send(() => callApi('POST /api/notifications/:id/read', { params: { id } }));
    },
    markAllRead: () => {
      showRead(() => true);
      void send(() => callApi('POST /api/notifications/read-all', {}));
    },
  };
}

/** Shows notifications as read before the server has answered. */
function showRead(isMeant: (item: Page['items'][number]) => boolean): void {
  const readAt = new Date().toISOString();
  queryClient.setQueryData<Pages>(
    pagesKey,
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({
          ...page,
          items: page.items.map((item) =>
            item.readAt === null && isMeant(item) ? { ...item, readAt } : item,
          ),
        })),
      },
  );
}

/** Sends a read mark; whatever comes of it, the inbox shows what the server holds. */
async function send(call: () => Promise<unknown>): Promise<void> {
  await call().catch(() => undefined);
  await refreshReads(route);
}

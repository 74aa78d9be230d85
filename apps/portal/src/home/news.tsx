import { Trans } from '@lingui/react/macro';
import { useApi } from '../api/queries.ts';
import { useFormat } from '../app/format.ts';
import { useServerNow } from '../app/server-time.ts';
import { wordsForNotification } from '../inbox/notification-words.ts';
import { Skeleton } from '../ui/loading.tsx';
import { ReadState } from '../ui/read-state.tsx';
import styles from './home.module.css';

const mostShown = 4;

/** The newest notifications, those not read first. */
export function News() {
  const format = useFormat();
  const nowMs = useServerNow(30_000);
  const inbox = useApi('GET /api/notifications/me', { query: { limit: 25 } });
  return (
    <ReadState query={inbox} skeleton={<Skeleton rows={3} rowHeight="3rem" />}>
      {({ items }) => {
        const unread = items.filter(({ readAt }) => readAt === null);
        const read = items.filter(({ readAt }) => readAt !== null);
        const shown = [...unread, ...read].slice(0, mostShown);
        if (shown.length === 0)
          return (
            <p>
              <Trans>Nothing yet. When you enroll, wait, or get a seat, it says so here.</Trans>
            </p>
          );
        return (
          <ul className={styles['list']}>
            {shown.map((notification) => {
              const { subject, text } = wordsForNotification(notification, format);
              return (
                <li key={notification.id}>
                  <strong>{subject}</strong>
                  <span className={styles['text']}>{text}</span>
                  <span className={styles['room']}>{format.ago(notification.createdAt, nowMs)}</span>
                </li>
              );
            })}
          </ul>
        );
      }}
    </ReadState>
  );
}

import { Trans, useLingui } from '@lingui/react/macro';
import type { Notification } from '@registrar/contracts-notifications';
import { Screen } from '../app/screen.tsx';
import { paths } from '../app/paths.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Skeleton } from '../ui/loading.tsx';
import { ReadState } from '../ui/read-state.tsx';
import { NotificationItem } from './notification-item.tsx';
import styles from './notifications.module.css';
import { useInbox } from './use-inbox.ts';

/** `/notifications`: the inbox, newest first. */
export default function Notifications() {
  const { t } = useLingui();
  const inbox = useInbox();
  const unread = inbox.unreadCount;
  return (
    <Screen
      title={t`Notifications`}
      isReady={inbox.list.data !== undefined}
      aside={
        unread > 0 && <Button small onClick={inbox.markAllRead}>{t`Mark all as read (${unread})`}</Button>
      }
    >
      <ReadState query={inbox.list} skeleton={<Skeleton rows={5} rowHeight="6rem" />}>
        {(items) =>
          items.length === 0 ? (
            <Empty />
          ) : (
            <>
              <ul className={styles['list']} aria-label={t`Notifications`}>
                {items.map((notification: Notification) => (
                  <NotificationItem
                    key={notification.id}
                    notification={notification}
                    markRead={() => inbox.markRead(notification.id)}
                  />
                ))}
              </ul>
              {inbox.list.hasNextPage && (
                <p>
                  <Button
                    disabled={inbox.list.isFetchingNextPage}
                    onClick={() => void inbox.list.fetchNextPage()}
                  >{t`Show older ones`}</Button>
                </p>
              )}
            </>
          )
        }
      </ReadState>
    </Screen>
  );
}

function Empty() {
  const { t } = useLingui();
  return (
    <>
      <p>
        <Trans>Nothing yet. When you enroll, wait, or get a seat, it says so here.</Trans>
      </p>
      <p>
        <ButtonLink href={paths.courses}>{t`Find courses`}</ButtonLink>
      </p>
    </>
  );
}

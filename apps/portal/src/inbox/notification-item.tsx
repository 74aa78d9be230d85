import { Trans, useLingui } from '@lingui/react/macro';
import type { Notification } from '@registrar/contracts-notifications';
import { serverClock } from '../api/server-clock.ts';
import { useFormat } from '../app/format.ts';
import { Link } from '../app/navigation.ts';
import { pathOfCourse, pathOfExport } from '../app/paths.ts';
import { Button } from '../ui/button.tsx';
import type { IconName } from '../ui/icon.tsx';
import type { Tone } from '../ui/status.tsx';
import { Status } from '../ui/status.tsx';
import { wordsForNotification } from './notification-words.ts';
import styles from './notifications.module.css';

const looks: Readonly<Record<Notification['type'], { readonly tone: Tone; readonly icon?: IconName }>> = {
  enrolled: { tone: 'ok' },
  waitlisted: { tone: 'waiting' },
  promoted: { tone: 'ok', icon: 'seat' },
  passed_over: { tone: 'warn' },
  dropped: { tone: 'neutral' },
  withdrawn: { tone: 'neutral' },
  cancelled: { tone: 'bad' },
  transferred: { tone: 'warn' },
  hold_placed: { tone: 'bad' },
  hold_released: { tone: 'ok' },
  permitted: { tone: 'ok' },
  permit_declined: { tone: 'warn' },
  export_ready: { tone: 'ok' },
};

interface NotificationItemProps {
  readonly notification: Notification;
  readonly markRead: () => void;
}

/** One notification: what happened, when, and whether it was read. */
export function NotificationItem({ notification, markRead }: NotificationItemProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { subject, text } = wordsForNotification(notification, format);
  const { type, courseId, createdAt, readAt } = notification;
  const exportId = type === 'export_ready' ? notification.params?.exportId : undefined;
  return (
    <li className={styles['item']} data-unread={readAt === null}>
      <div className={styles['head']}>
        <h2>
          <Status {...(looks[type] ?? { tone: 'neutral' })}>{subject}</Status>
        </h2>
        {readAt === null && (
          <span className={styles['new']}>
            <Trans>New</Trans>
          </span>
        )}
      </div>
      <p className={styles['text']}>{text}</p>
      <div className={styles['foot']}>
        <time dateTime={createdAt} title={format.moment(createdAt)}>
          {format.ago(createdAt, serverClock.now())}
        </time>
        {courseId !== null && (
          <Link
            id={`notification-${notification.id}`}
            href={pathOfCourse(courseId)}
          >{t`See the course`}</Link>
        )}
        {exportId !== undefined && <Link href={pathOfExport(exportId)}>{t`Download your data`}</Link>}
        {readAt === null && <Button small look="plain" onClick={markRead}>{t`Mark as read`}</Button>}
      </div>
    </li>
  );
}

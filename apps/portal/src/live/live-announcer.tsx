import type { Notification } from '@registrar/contracts-notifications';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { useFormat } from '../app/format.ts';
import { paths } from '../app/paths.ts';
import type { NotificationWords } from '../inbox/notification-words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Notice } from '../ui/status.tsx';
import { liveHub } from './live-hub.ts';
import styles from './live-announcer.module.css';

type Format = ReturnType<typeof useFormat>;

interface Promotion {
  /** Of its notification. */
  readonly id: string;
  readonly words: NotificationWords;
}

/** The words of a notification; the server's own where those of this release cannot be loaded. */
async function wordsOf(notification: Notification, format: Format): Promise<NotificationWords> {
  try {
    const { wordsForNotification } = await import('../inbox/notification-words.ts');
    return wordsForNotification(notification, format);
  } catch {
    return notification;
  }
}

/** Says a promotion at once, whatever page is shown, and keeps it until it is closed. Counts are never announced. */
export function LiveAnnouncer() {
  const { t } = useLingui();
  const format = useFormat();
  const [promotions, setPromotions] = useState<readonly Promotion[]>([]);
  useEffect(
    () =>
      liveHub.subscribe((event) => {
        if (event.kind !== 'notification') return;
        const notification = event.data as Notification;
        if (notification.type !== 'promoted') return;
        void wordsOf(notification, format).then((words) => {
          const promotion = { id: notification.id, words };
          setPromotions((shown) => [...shown.filter(({ id }) => id !== promotion.id), promotion].slice(-3));
        });
      }),
    [format],
  );
  return (
    <div role="alert" className={styles['announcer']}>
      {promotions.map(({ id, words: { subject, text } }) => (
        <Notice
          key={id}
          tone="ok"
          actions={
            <>
              <ButtonLink small href={paths.enrollments}>{t`My courses`}</ButtonLink>
              <Button
                small
                onClick={() => setPromotions((shown) => shown.filter((one) => one.id !== id))}
              >{t`Close`}</Button>
            </>
          }
        >
          <strong>{subject}</strong> {text}
        </Notice>
      ))}
    </div>
  );
}

import type { Notification } from '@registrar/contracts-notifications';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { useFormat } from '../app/format.ts';
import { paths } from '../app/paths.ts';
import { wordsForNotification } from '../inbox/notification-words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Notice } from '../ui/status.tsx';
import { liveHub } from './live-hub.ts';
import styles from './live-announcer.module.css';

/** Says a promotion at once, whatever page is shown, and keeps it until it is closed. Counts are never announced. */
export function LiveAnnouncer() {
  const { t } = useLingui();
  const format = useFormat();
  const [promotions, setPromotions] = useState<readonly Notification[]>([]);
  useEffect(
    () =>
      liveHub.subscribe((event) => {
        if (event.kind !== 'notification') return;
        const notification = event.data as Notification;
        if (notification.type !== 'promoted') return;
        setPromotions((shown) =>
          [...shown.filter(({ id }) => id !== notification.id), notification].slice(-3),
        );
      }),
    [],
  );
  return (
    <div role="alert" className={styles['announcer']}>
      {promotions.map((notification) => {
        const { subject, text } = wordsForNotification(notification, format);
        return (
          <Notice
            key={notification.id}
            tone="ok"
            actions={
              <>
                <ButtonLink small href={paths.enrollments}>{t`My courses`}</ButtonLink>
                <Button
                  small
                  onClick={() => setPromotions((shown) => shown.filter(({ id }) => id !== notification.id))}
                >{t`Close`}</Button>
              </>
            }
          >
            <strong>{subject}</strong> {text}
          </Notice>
        );
      })}
    </div>
  );
}

import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import type { IconName } from './icon.tsx';
import { Icon } from './icon.tsx';
import styles from './status.module.css';

/** What a status means, which picks its colour. */
export type Tone = 'ok' | 'warn' | 'bad' | 'waiting' | 'neutral';

const icons: Record<Tone, IconName> = {
  ok: 'check',
  warn: 'warning',
  bad: 'refused',
  waiting: 'queue',
  neutral: 'info',
};

interface StatusProps {
  readonly tone: Tone;
  readonly icon?: IconName;
  readonly children: ReactNode;
}

/** A status: always icon, word and colour, never colour alone. */
export function Status({ tone, icon = icons[tone], children }: StatusProps) {
  return (
    <span className={classes(styles['status'], styles[tone])}>
      <Icon name={icon} />
      <span>{children}</span>
    </span>
  );
}

interface NoticeProps extends StatusProps {
  /** `status` is read when the reader is idle, `alert` at once; none is read by itself. */
  readonly role?: 'status' | 'alert';
  /** What can be done about it. */
  readonly actions?: ReactNode;
}

/** A message that stays until the reader has acted. */
export function Notice({ tone, icon = icons[tone], role, actions, children }: NoticeProps) {
  return (
    <div className={classes(styles['notice'], styles[tone])}>
      <Icon name={icon} />
      <div className={styles['body']}>
        <div role={role}>{children}</div>
        {actions && <div className={styles['actions']}>{actions}</div>}
      </div>
    </div>
  );
}

import type { ReactNode } from 'react';
import styles from './empty.module.css';

/** Says that there is nothing yet, and offers the next step. */
export function Empty({ children, action }: { readonly children: ReactNode; readonly action: ReactNode }) {
  return (
    <div className={styles['empty']}>
      <p>{children}</p>
      {action}
    </div>
  );
}

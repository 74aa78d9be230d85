import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { classes } from './classes.ts';
import styles from './loading.module.css';

const hiddenMs = 150;

/** Grey bars of the final size, shown after 150 ms: what comes sooner never flickers. The space is there at once. */
export function Skeleton({
  rows = 3,
  rowHeight = '4.5rem',
}: {
  readonly rows?: number;
  readonly rowHeight?: string;
}) {
  const { t } = useLingui();
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), hiddenMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={classes(styles['skeleton'], isShown && styles['shown'])}>
      {isShown && (
        <span className="visually-hidden" role="status">
          {t`Loading…`}
        </span>
      )}
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles['bar']} style={{ blockSize: rowHeight }} />
      ))}
    </div>
  );
}

import { StandingStatus } from './standing-status.tsx';
import styles from './timetable.module.css';
import type { Standing } from './week.rules.ts';

/** What the looks of blocks mean: each by pattern, icon and word. */
export function Legend({ standings }: { readonly standings: readonly Standing[] }) {
  return (
    <div className={styles['legend']}>
      {standings.map((standing) => (
        <span key={standing} className={styles['key']} data-standing={standing}>
          <StandingStatus standing={standing} />
        </span>
      ))}
    </div>
  );
}

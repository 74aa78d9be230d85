import { Trans } from '@lingui/react/macro';
import { useFormat } from '../app/format.ts';
import { creditTotals } from './credit-total.rules.ts';
import styles from './credit-total.module.css';
import type { Enrollment } from './own-enrollments.ts';

interface CreditTotalProps {
  readonly enrollments: readonly Enrollment[];
  /** Most credits in the semester: the reader's own limit, or the semester's. */
  readonly limit: number;
}

/** Credits of a semester beside its limit; those waited for do not count yet. */
export function CreditTotal({ enrollments, limit }: CreditTotalProps) {
  const format = useFormat();
  const totals = creditTotals(enrollments);
  const [taken, waiting, most] = [totals.taken, totals.waiting, limit].map((value) => format.number(value));
  return (
    <div className={styles['total']}>
      <p>
        <Trans>
          <strong>{taken}</strong> of {most} credits
        </Trans>
        {totals.waiting > 0 && (
          <span className={styles['waiting']}>
            {' '}
            · <Trans>{waiting} more on waitlists, not counted</Trans>
          </span>
        )}
      </p>
      <svg className={styles['bar']} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="4" />
        <rect
          className={styles['taken']}
          width={limit > 0 ? Math.min(100, (totals.taken / limit) * 100) : 100}
          height="4"
        />
      </svg>
    </div>
  );
}

import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useFormat } from '../app/format.ts';
import { Link } from '../app/navigation.ts';
import { pathOfSearch } from '../app/paths.ts';
import type { Completion } from '../registration/own-record.ts';
import { useCompletions, useGradeScale } from '../registration/own-record.ts';
import { Skeleton } from '../ui/loading.tsx';
import { ReadState } from '../ui/read-state.tsx';
import { Status } from '../ui/status.tsx';
import styles from './account.module.css';

/** What the reader has completed, here or elsewhere, with grades. */
export function CompletedCourses() {
  const { t } = useLingui();
  return (
    <section className={styles['wide']} aria-labelledby="completed-courses">
      <h2 id="completed-courses">{t`Completed courses`}</h2>
      <ReadState query={useCompletions()} skeleton={<Skeleton rows={3} rowHeight="3rem" />}>
        {(completions) =>
          completions.length === 0 ? (
            <p>
              <Trans>Nothing yet. Courses show here with their grades once they are completed.</Trans>
            </p>
          ) : (
            <CompletionTable completions={completions} />
          )
        }
      </ReadState>
    </section>
  );
}

function CompletionTable({ completions }: { readonly completions: readonly Completion[] }) {
  const { t } = useLingui();
  return (
    <table className={styles['completions']} aria-labelledby="completed-courses">
      <thead>
        <tr>
          <th scope="col">{t`Course`}</th>
          <th scope="col">{t`Grade`}</th>
          <th scope="col">{t`Date`}</th>
        </tr>
      </thead>
      <tbody>
        {completions.map((completion) => (
          <CompletionRow key={completion.id} completion={completion} />
        ))}
      </tbody>
    </table>
  );
}

function CompletionRow({ completion }: { readonly completion: Completion }) {
  const { t } = useLingui();
  const format = useFormat();
  const scale = useGradeScale();
  const { code, credits, grade, completedOn, source } = completion;
  const number = format.number(credits);
  return (
    <tr>
      <th scope="row">
        <Link href={pathOfSearch(code)}>{code}</Link>
        <span className={styles['source']}>
          <Plural value={credits} one={`${number} credit`} other={`${number} credits`} />{' '}
          {source === 'enrollment' ? t`(taken here)` : t`(credited by the registrar's office)`}
        </span>
      </th>
      <td>
        {grade ?? <Trans>no grade</Trans>}
        {!scale.passes(grade) && (
          <>
            {' '}
            <Status tone="bad">
              <Trans>not passed</Trans>
            </Status>
          </>
        )}
      </td>
      <td>{format.day(completedOn)}</td>
    </tr>
  );
}

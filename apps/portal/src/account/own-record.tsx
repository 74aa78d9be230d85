import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useFormat } from '../app/format.ts';
import type { Student } from '../registration/own-record.ts';
import { useOwnRecord } from '../registration/own-record.ts';
import { Skeleton } from '../ui/loading.tsx';
import { ReadState } from '../ui/read-state.tsx';
import styles from './account.module.css';

/** The reader's record as student: what windows, restrictions and limits go by. */
export function OwnRecord() {
  const { t } = useLingui();
  return (
    <section className={styles['wide']} aria-labelledby="own-record">
      <h2 id="own-record">{t`Student record`}</h2>
      <ReadState query={useOwnRecord()} skeleton={<Skeleton rows={5} rowHeight="1.5rem" />}>
        {(student) => <RecordFacts student={student} />}
      </ReadState>
    </section>
  );
}

function RecordFacts({ student }: { readonly student: Student }) {
  const { t } = useLingui();
  const format = useFormat();
  const { programs, level, groups, earnedCredits, creditLimit, externalId } = student;
  const isEmpty = programs.length === 0 && level === null && groups.length === 0;
  const earned = format.number(earnedCredits);
  const limit = creditLimit === null ? '' : format.number(creditLimit);
  const facts: [string, ReactNode][] = [
    ...(externalId === null ? [] : [[t`Student number`, externalId] satisfies [string, ReactNode]]),
    [t`Programs`, programs.length > 0 ? programs.join(', ') : <None />],
    [t`Level of study`, level ?? <None />],
    [t`Groups`, groups.length > 0 ? groups.join(', ') : <None />],
    [
      t`Earned credits`,
      <Plural key="earned" value={earnedCredits} one={`${earned} credit`} other={`${earned} credits`} />,
    ],
    [
      t`Credit limit`,
      creditLimit === null ? (
        <Trans key="limit">That of the semester</Trans>
      ) : (
        <Trans key="limit">{limit} credits a semester</Trans>
      ),
    ],
  ];
  return (
    <>
      {isEmpty && (
        <p>
          <Trans>
            The registrar's office has not entered a program yet. Ask there if something is missing.
          </Trans>
        </p>
      )}
      <dl className={styles['record']}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function None() {
  return <Trans>None entered</Trans>;
}

import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useQueryState } from '../app/navigation.ts';
import { SelectField } from '../ui/field.tsx';
import { ReadState } from '../ui/read-state.tsx';
import { Notice } from '../ui/status.tsx';
import styles from './semester-choice.module.css';
import type { Semester } from './use-semesters.ts';
import { useChosenSemester, useSemesters } from './use-semesters.ts';

/** Chooses the semester that a screen shows, in its address (`?semesterId=`). */
export function SemesterChoice() {
  const { t } = useLingui();
  const all = useSemesters().data;
  const chosen = useChosenSemester().data;
  const [, changeQuery] = useQueryState();
  if (all === undefined || all.length === 0) return null;
  return (
    <div className={styles['choice']}>
      <SelectField
        label={t`Semester`}
        value={chosen?.id ?? ''}
        onChange={({ target }) => changeQuery({ semesterId: target.value })}
      >
        {!chosen && <option value="">{t`Choose a semester`}</option>}
        {all.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

/** Shows something of the chosen semester, once it is known. */
export function ChosenSemester({ children }: { readonly children: (semester: Semester) => ReactNode }) {
  const chosen = useChosenSemester();
  return (
    <ReadState query={chosen}>
      {(semester) =>
        semester === null ? (
          <Notice tone="neutral">
            <Trans>There is no such semester. Choose one above.</Trans>
          </Notice>
        ) : (
          children(semester)
        )
      }
    </ReadState>
  );
}

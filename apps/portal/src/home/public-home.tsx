import { Trans, useLingui } from '@lingui/react/macro';
import { useCampus } from '../app/campus.ts';
import { goTo } from '../app/navigation.ts';
import { pathOfSearch, paths } from '../app/paths.ts';
import { useCurrentSemester } from '../catalogue/use-semesters.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import styles from './home.module.css';
import { useOwnWindow } from '../registration/use-own-window.ts';
import { Opening } from './opening.tsx';

/** For a visitor without a session: search, and the ways in. */
export function PublicHome() {
  const { t } = useLingui();
  const { registration } = useCampus();
  const semester = useCurrentSemester().data ?? undefined;
  const { window } = useOwnWindow(semester);
  const search = (form: FormData) => {
    goTo(pathOfSearch(String(form.get('q') ?? '')));
  };
  return (
    <>
      <p className={styles['lead']}>
        <Trans>Find your courses, take your seats, and see your week.</Trans>
      </p>
      {semester && window && <Opening semester={semester} window={window} />}
      <search>
        <form action={search} className={styles['search']}>
          <TextField type="search" name="q" label={t`Search courses`} autoComplete="off" />
          <Button type="submit" look="primary">{t`Search`}</Button>
        </form>
      </search>
      <div className={styles['buttons']}>
        {registration.selfService && <ButtonLink href={paths.signUp}>{t`Create account`}</ButtonLink>}
        <ButtonLink href={paths.courses}>{t`All courses`}</ButtonLink>
      </div>
    </>
  );
}

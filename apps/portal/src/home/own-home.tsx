import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { paths } from '../app/paths.ts';
import { ChosenSemester } from '../catalogue/semester-choice.tsx';
import { useCoursesById } from '../catalogue/use-courses-by-id.ts';
import type { Semester } from '../catalogue/use-semesters.ts';
import { HoldNotice } from '../registration/hold-notice.tsx';
import { OwnHoldsLink } from '../registration/own-holds-link.tsx';
import { useOwnEnrollments } from '../registration/own-enrollments.ts';
import { useOwnWindow } from '../registration/use-own-window.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Skeleton } from '../ui/loading.tsx';
import { ReadState } from '../ui/read-state.tsx';
import styles from './home.module.css';
import { News } from './news.tsx';
import { Opening } from './opening.tsx';
import { TodaysClasses } from './todays-classes.tsx';
import { Waits } from './waits.tsx';

/** For a student: the own opening, holds, today's classes, what they wait for, and news. */
export function OwnHome() {
  const { t } = useLingui();
  return (
    <>
      <ChosenSemester>{(semester) => <OfSemester key={semester.id} semester={semester} />}</ChosenSemester>
      <Part
        title={t`News`}
        more={<ButtonLink small href={paths.notifications}>{t`All notifications`}</ButtonLink>}
      >
        <News />
      </Part>
    </>
  );
}

function OfSemester({ semester }: { readonly semester: Semester }) {
  const { t } = useLingui();
  const enrollments = useOwnEnrollments(semester.id);
  const courses = useCoursesById((enrollments.data ?? []).map(({ courseId }) => courseId));
  return (
    <>
      <OwnTerms semester={semester} />
      <div className={styles['parts']}>
        <Part title={t`Today`} more={<ButtonLink small href={paths.timetable}>{t`Timetable`}</ButtonLink>}>
          <ReadState query={enrollments} skeleton={<Skeleton rows={2} rowHeight="3rem" />}>
            {(all) => (
              <ReadState query={courses} skeleton={<Skeleton rows={2} rowHeight="3rem" />}>
                {(known) => <TodaysClasses enrollments={all} courses={known} semester={semester} />}
              </ReadState>
            )}
          </ReadState>
        </Part>
        <Part
          title={t`Waiting for`}
          more={<ButtonLink small href={paths.waitlists}>{t`Waitlists`}</ButtonLink>}
        >
          <ReadState query={enrollments} skeleton={<Skeleton rows={2} rowHeight="3rem" />}>
            {(all) => <Waits enrollments={all} />}
          </ReadState>
        </Part>
      </div>
    </>
  );
}

/** The own opening, and the holds in force. */
function OwnTerms({ semester }: { readonly semester: Semester }) {
  const { window, holds, read } = useOwnWindow(semester);
  return (
    <ReadState query={read} skeleton={<Skeleton rows={1} rowHeight="3.25rem" />}>
      {() => (
        <>
          {window && <Opening semester={semester} window={window} />}
          {holds.map((hold) => (
            <HoldNotice key={hold.id} hold={hold} actions={<OwnHoldsLink />} />
          ))}
        </>
      )}
    </ReadState>
  );
}

interface PartProps {
  readonly title: string;
  /** Leads to the whole of it. */
  readonly more: ReactNode;
  readonly children: ReactNode;
}

function Part({ title, more, children }: PartProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles['part']}>
      <div className={styles['head']}>
        <h2 id={id}>{title}</h2>
        {more}
      </div>
      {children}
    </section>
  );
}

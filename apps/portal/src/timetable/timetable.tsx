import { Trans, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { useCampusToday } from '../app/campus-day.ts';
import { Link } from '../app/navigation.ts';
import { pathOfCourse, paths } from '../app/paths.ts';
import { Screen } from '../app/screen.tsx';
import { ChosenSemester, SemesterChoice } from '../catalogue/semester-choice.tsx';
import { useCoursesById } from '../catalogue/use-courses-by-id.ts';
import type { Semester } from '../catalogue/use-semesters.ts';
import { EnrollmentStatus } from '../registration/enrollment-status.tsx';
import type { Enrollment } from '../registration/own-enrollments.ts';
import { useOwnEnrollments } from '../registration/own-enrollments.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Skeleton } from '../ui/loading.tsx';
import { ReadState } from '../ui/read-state.tsx';
import { Legend } from './legend.tsx';
import { ownWeekOf } from './own-week.ts';
import type { OwnWeek } from './own-week.ts';
import styles from './timetable.module.css';
import { WeekGrid } from './week-grid.tsx';
import { WeekList } from './week-list.tsx';
import { layOutWeek } from './week.rules.ts';

const skeleton = <Skeleton rows={1} rowHeight="30rem" />;

/** The own week of a semester, as a grid and as a list. */
export default function Timetable() {
  const { t } = useLingui();
  return (
    <Screen title={t`Timetable`} aside={<SemesterChoice />}>
      <ChosenSemester>{(semester) => <OfSemester key={semester.id} semester={semester} />}</ChosenSemester>
    </Screen>
  );
}

function OfSemester({ semester }: { readonly semester: Semester }) {
  const enrollments = useOwnEnrollments(semester.id);
  const courses = useCoursesById((enrollments.data ?? []).map(({ courseId }) => courseId));
  return (
    <ReadState query={enrollments} skeleton={skeleton}>
      {(all) => (
        <ReadState query={courses} skeleton={skeleton}>
          {(known) => <OwnWeekView week={ownWeekOf(all, known)} semester={semester} />}
        </ReadState>
      )}
    </ReadState>
  );
}

function OwnWeekView({ week, semester }: { readonly week: OwnWeek; readonly semester: Semester }) {
  const { t } = useLingui();
  const { date, weekday } = useCampusToday();
  const isUnderWay = semester.startsOn <= date && date <= semester.endsOn;
  const today = isUnderWay ? weekday : undefined;
  if (week.blocks.length === 0 && week.withoutTimes.length === 0)
    return (
      <Empty action={<ButtonLink look="primary" href={paths.courses}>{t`Find courses`}</ButtonLink>}>
        <Trans>Your week has no courses in {semester.name}.</Trans>
      </Empty>
    );
  const laidOut = layOutWeek(week.blocks);
  return (
    <div className={styles['views']}>
      {laidOut.days.length > 0 && (
        <>
          <div className={styles['gridView']}>
            <Legend standings={['enrolled', 'waiting']} />
            <WeekGrid week={laidOut} today={today} />
          </div>
          <WeekList week={laidOut} today={today} />
        </>
      )}
      {week.withoutTimes.length > 0 && <WithoutTimes enrollments={week.withoutTimes} />}
    </div>
  );
}

function WithoutTimes({ enrollments }: { readonly enrollments: readonly Enrollment[] }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles['section']}>
      <h2 id={id}>
        <Trans>Without set times</Trans>
      </h2>
      <ul className={styles['list']} aria-labelledby={id}>
        {enrollments.map((enrollment) => (
          <li key={enrollment.id}>
            <Link href={pathOfCourse(enrollment.courseId)}>
              <strong>{enrollment.courseCode}</strong> {enrollment.courseTitle}
            </Link>
            <EnrollmentStatus enrollment={enrollment} />
          </li>
        ))}
      </ul>
    </section>
  );
}

import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { paths } from '../app/paths.ts';
import { Screen } from '../app/screen.tsx';
import { ChosenSemester, SemesterChoice } from '../catalogue/semester-choice.tsx';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { useCoursesById } from '../catalogue/use-courses-by-id.ts';
import type { Semester } from '../catalogue/use-semesters.ts';
import { useWatchedCourses } from '../live/use-seats.ts';
import styles from '../registration/my-courses.module.css';
import { namesAlong } from '../registration/dropped-along.ts';
import type { Enrollment } from '../registration/own-enrollments.ts';
import { useOwnEnrollments } from '../registration/own-enrollments.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Skeleton } from '../ui/loading.tsx';
import { ErrorPanel, ReadState } from '../ui/read-state.tsx';
import { useLivePositions } from './use-live-positions.ts';
import { WaitRow } from './wait-row.tsx';

/** The courses that the reader waits for, with live positions. */
export default function Waitlists() {
  const { t } = useLingui();
  return (
    <Screen title={t`Waitlists`} aside={<SemesterChoice />}>
      <ChosenSemester>{(semester) => <OfSemester key={semester.id} semester={semester} />}</ChosenSemester>
    </Screen>
  );
}

function OfSemester({ semester }: { readonly semester: Semester }) {
  const enrollments = useOwnEnrollments(semester.id);
  return (
    <ReadState query={enrollments} skeleton={<Skeleton rows={3} rowHeight="7rem" />}>
      {(all) => <Waits enrollments={all} semester={semester} />}
    </ReadState>
  );
}

interface WaitsProps {
  readonly enrollments: readonly Enrollment[];
  readonly semester: Semester;
}

function Waits({ enrollments, semester }: WaitsProps) {
  const { t } = useLingui();
  // A wait that ends while it is looked at keeps its row, which says how it ended.
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const fresh = enrollments.filter(({ id, status }) => status === 'waitlisted' && !seen.has(id));
  if (fresh.length > 0) setSeen(new Set([...seen, ...fresh.map(({ id }) => id)]));
  const shown = enrollments
    .filter(({ id }) => seen.has(id))
    .toSorted((one, other) => one.courseCode.localeCompare(other.courseCode, 'en', { numeric: true }));
  const ids = shown.map(({ courseId }) => courseId);
  const enrolled = enrollments.filter(({ status }) => status === 'enrolled');
  const courses = useCoursesById([...ids, ...enrolled.map(({ courseId }) => courseId)]);
  const seated = enrolled.map(({ id, courseId, courseCode }) => {
    const section = courses.data?.get(courseId)?.section;
    return { id, name: section === undefined ? courseCode : `${courseCode} ${section}` };
  });
  useWatchedCourses(ids);
  useLivePositions(ids);
  if (shown.length === 0)
    return (
      <Empty action={<ButtonLink look="primary" href={paths.courses}>{t`Find courses`}</ButtonLink>}>
        <Trans>
          You are on no waitlist in {semester.name}. Where a course is full, you can join its waitlist.
        </Trans>
      </Empty>
    );
  return (
    <>
      {courses.error !== null && <ErrorPanel query={courses} />}
      <ul className={styles['list']} aria-label={t`Waitlists`}>
        {shown.map((enrollment) => (
          <WaitRow
            key={enrollment.id}
            enrollment={enrollment}
            course={courses.data?.get(enrollment.courseId)}
            semester={semester}
            seated={seated}
            along={namesAlong(enrollment.courseId, {
              enrollments,
              courses: courses.data ?? new Map<string, Course>(),
            })}
          />
        ))}
      </ul>
    </>
  );
}

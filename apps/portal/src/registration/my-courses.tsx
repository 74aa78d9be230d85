import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { ChosenSemester, SemesterChoice } from '../catalogue/semester-choice.tsx';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { useCoursesById } from '../catalogue/use-courses-by-id.ts';
import type { Semester } from '../catalogue/use-semesters.ts';
import { paths } from '../app/paths.ts';
import { Screen } from '../app/screen.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Skeleton } from '../ui/loading.tsx';
import { ErrorPanel, ReadState } from '../ui/read-state.tsx';
import { CreditTotal } from './credit-total.tsx';
import { MyCourseRow } from './my-course-row.tsx';
import styles from './my-courses.module.css';
import { namesAlong } from './dropped-along.ts';
import type { Enrollment } from './own-enrollments.ts';
import { useOwnEnrollments } from './own-enrollments.ts';
import { useOwnRecord } from './own-record.ts';
import { PastCourses } from './past-courses.tsx';

/** The reader's courses of a semester: what they hold, what they wait for, and what has ended. */
export default function MyCourses() {
  const { t } = useLingui();
  return (
    <Screen title={t`My courses`} aside={<SemesterChoice />}>
      <ChosenSemester>{(semester) => <OfSemester key={semester.id} semester={semester} />}</ChosenSemester>
    </Screen>
  );
}

function OfSemester({ semester }: { readonly semester: Semester }) {
  const enrollments = useOwnEnrollments(semester.id);
  return (
    <ReadState query={enrollments} skeleton={<Skeleton rows={4} rowHeight="7rem" />}>
      {(all) => <Courses semester={semester} enrollments={all} />}
    </ReadState>
  );
}

interface CoursesProps {
  readonly semester: Semester;
  readonly enrollments: readonly Enrollment[];
}

function Courses({ semester, enrollments }: CoursesProps) {
  const { t } = useLingui();
  const ownLimit = useOwnRecord().data?.creditLimit;
  const courses = useCoursesById(enrollments.map(({ courseId }) => courseId));
  // A course that was dropped here keeps its row, with the outcome in it, until the page is left.
  const [handled, setHandled] = useState<ReadonlySet<string>>(new Set());
  const isShown = ({ id, status }: Enrollment) =>
    status === 'enrolled' || status === 'waitlisted' || handled.has(id);
  const shown = enrollments.filter(isShown).toSorted(byCode);
  const past = enrollments.filter((enrollment) => !isShown(enrollment));
  return (
    <>
      {courses.error !== null && <ErrorPanel query={courses} />}
      {shown.length === 0 ? (
        <Empty action={<ButtonLink look="primary" href={paths.courses}>{t`Find courses`}</ButtonLink>}>
          <Trans>You have no courses in {semester.name}.</Trans>
        </Empty>
      ) : (
        <>
          <CreditTotal enrollments={enrollments} limit={ownLimit ?? semester.creditLimit} />
          <ul className={styles['list']} aria-label={t`My courses`}>
            {shown.map((enrollment) => (
              <MyCourseRow
                key={enrollment.id}
                enrollment={enrollment}
                course={courses.data?.get(enrollment.courseId)}
                semester={semester}
                along={namesAlong(enrollment.courseId, {
                  enrollments,
                  courses: courses.data ?? new Map<string, Course>(),
                })}
                onHandled={() => setHandled((before) => new Set(before).add(enrollment.id))}
              />
            ))}
          </ul>
        </>
      )}
      {past.length > 0 && <PastCourses enrollments={past} courses={courses.data} />}
    </>
  );
}

function byCode(one: Enrollment, other: Enrollment): number {
  return one.courseCode.localeCompare(other.courseCode, 'en', { numeric: true });
}

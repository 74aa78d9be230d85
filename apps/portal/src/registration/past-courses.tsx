import { Plural, Trans } from '@lingui/react/macro';
import { useId } from 'react';
import { useFormat } from '../app/format.ts';
import { Link } from '../app/navigation.ts';
import { pathOfCourse } from '../app/paths.ts';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { EnrollmentHistory } from './enrollment-history.tsx';
import { EnrollmentStatus } from './enrollment-status.tsx';
import { Grade } from './grade.tsx';
import styles from './my-courses.module.css';
import type { Enrollment } from './own-enrollments.ts';

interface PastCoursesProps {
  readonly enrollments: readonly Enrollment[];
  /** Those that still exist. */
  readonly courses: ReadonlyMap<string, Course> | undefined;
}

/** Courses of the semester that have ended for the reader: completed, dropped, withdrawn, cancelled. */
export function PastCourses({ enrollments, courses }: PastCoursesProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles['past']}>
      <h2 id={id}>
        <Trans>History</Trans>
      </h2>
      <ul className={styles['list']} aria-labelledby={id}>
        {enrollments
          .toSorted((one, other) => other.updatedAt.localeCompare(one.updatedAt))
          .map((enrollment) => (
            <PastCourse
              key={enrollment.id}
              enrollment={enrollment}
              exists={courses?.has(enrollment.courseId) ?? true}
            />
          ))}
      </ul>
    </section>
  );
}

interface PastCourseProps {
  readonly enrollment: Enrollment;
  readonly exists: boolean;
}

function PastCourse({ enrollment, exists }: PastCourseProps) {
  const format = useFormat();
  const { credits, status, grade, updatedAt } = enrollment;
  return (
    <li className={styles['row']}>
      <div className={styles['what']}>
        <CourseName enrollment={enrollment} exists={exists} />
        <EnrollmentStatus enrollment={enrollment} />
      </div>
      <div className={styles['facts']}>
        <p>
          <Plural value={credits} one="# credit" other="# credits" />
        </p>
        {status === 'completed' && grade !== null && (
          <p>
            <Grade grade={grade} />
          </p>
        )}
        <p className={styles['deadline']}>{format.moment(updatedAt)}</p>
      </div>
      <EnrollmentHistory enrollment={enrollment} />
    </li>
  );
}

function CourseName({ enrollment, exists }: PastCourseProps) {
  const { courseId, courseCode, courseTitle } = enrollment;
  const name = (
    <>
      <strong>{courseCode}</strong> {courseTitle}
    </>
  );
  if (!exists) return <span className={styles['name']}>{name}</span>;
  return (
    <Link id={`course-${courseId}`} className={styles['name'] ?? ''} href={pathOfCourse(courseId)}>
      {name}
    </Link>
  );
}

import { Trans } from '@lingui/react/macro';
import { Link } from '../app/navigation.ts';
import { pathOfCourse } from '../app/paths.ts';
import { EnrollmentStatus } from '../registration/enrollment-status.tsx';
import type { Enrollment } from '../registration/own-enrollments.ts';
import styles from './home.module.css';

/** The waitlists that the reader is on, with the positions. */
export function Waits({ enrollments }: { readonly enrollments: readonly Enrollment[] }) {
  const waiting = enrollments.filter(({ status }) => status === 'waitlisted');
  if (waiting.length === 0)
    return (
      <p>
        <Trans>You are on no waitlist.</Trans>
      </p>
    );
  return (
    <ul className={styles['list']}>
      {waiting.map((enrollment) => (
        <li key={enrollment.id}>
          <Link href={pathOfCourse(enrollment.courseId)}>
            <strong>{enrollment.courseCode}</strong> {enrollment.courseTitle}
          </Link>
          <EnrollmentStatus enrollment={enrollment} />
        </li>
      ))}
    </ul>
  );
}

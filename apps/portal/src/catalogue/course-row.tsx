import type { Course } from '@registrar/contracts-courses';
import type { Enrollment } from '@registrar/contracts-enrollments';
import { Plural, Trans } from '@lingui/react/macro';
import { memo } from 'react';
import { useFormat } from '../app/format.ts';
import { Link } from '../app/navigation.ts';
import { pathOfCourse } from '../app/paths.ts';
import { Status } from '../ui/status.tsx';
import { courseName } from './course-name.ts';
import styles from './course-row.module.css';
import { componentWord } from './component-words.ts';
import { Instructors } from './instructors.tsx';
import { MeetingTimes } from './meeting-times.tsx';
import { SeatCount } from './seat-count.tsx';

interface CourseRowProps {
  readonly course: Course;
  /** The reader's own standing in it. */
  readonly own?: Enrollment | undefined;
  /** Codes of own courses that meet at the same time. */
  readonly clashes: readonly string[];
  readonly headingLevel?: 2 | 3;
}

/** One course of a list: what, who, when, and how many seats are free. */
export const CourseRow = memo(function CourseRow({ course, own, clashes, headingLevel = 2 }: CourseRowProps) {
  const Heading = `h${headingLevel}` as const;
  const format = useFormat();
  const id = `course-${course.id}`;
  const credits = format.number(course.credits);
  const clashing = clashes.join(', ');
  return (
    <article className={styles['row']} aria-labelledby={id}>
      <Heading className={styles['name']}>
        <Link id={id} href={pathOfCourse(course.id)}>
          {courseName(course)}
        </Link>
      </Heading>
      <div className={styles['seats']}>
        <SeatCount course={course} />
      </div>
      <div className={styles['who']}>
        {course.topic !== null && <span>{course.topic}</span>}
        {course.component !== 'lecture' && <span>{componentWord(course.component)}</span>}
        <Instructors course={course} />
        <span>
          <Plural value={course.credits} one={`${credits} credit`} other={`${credits} credits`} />
        </span>
      </div>
      <div className={styles['when']}>
        <MeetingTimes meetings={course.meetings} />
      </div>
      {(own || clashes.length > 0) && (
        <div className={styles['own']}>
          {own?.status === 'enrolled' && (
            <Status tone="ok">
              <Trans>You are enrolled</Trans>
            </Status>
          )}
          {own?.status === 'waitlisted' && (
            <Status tone="waiting">
              <Trans>You are on the waitlist</Trans>
            </Status>
          )}
          {clashes.length > 0 && (
            <Status tone="warn">
              <Trans>Meets at the same time as {clashing}</Trans>
            </Status>
          )}
        </div>
      )}
    </article>
  );
});

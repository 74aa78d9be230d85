import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { useFormat } from '../app/format.ts';
import { Link } from '../app/navigation.ts';
import { pathOfCourse, pathOfSearch } from '../app/paths.ts';
import { useServerNow } from '../app/server-time.ts';
import { MeetingTimes } from '../catalogue/meeting-times.tsx';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import type { Semester } from '../catalogue/use-semesters.ts';
import { useWrite } from '../intents/intents.ts';
import { DropButton } from './drop-button.tsx';
import { dropEffect } from './drop.rules.ts';
import { EnrollmentHistory } from './enrollment-history.tsx';
import { EnrollmentStatus } from './enrollment-status.tsx';
import styles from './my-courses.module.css';
import type { Enrollment } from './own-enrollments.ts';
import { WriteStatus } from './write-status.tsx';

interface MyCourseRowProps {
  readonly enrollment: Enrollment;
  /** Undefined while it is not known when it meets. */
  readonly course: Course | undefined;
  readonly semester: Semester;
  /** The reader sent a drop: the row stays for its outcome. */
  readonly onHandled: () => void;
}

/** A course that the reader holds or waits for: what it is, until when it can be dropped, and the ways out of it. */
export function MyCourseRow({ enrollment, course, semester, onHandled }: MyCourseRowProps) {
  const { t } = useLingui();
  const write = useWrite();
  const outcome = useRef<HTMLDivElement>(null);
  const wasSent = write.intent !== undefined;
  const { courseId, courseCode, courseTitle, credits, status } = enrollment;
  const isHeld = status === 'enrolled' || status === 'waitlisted';
  useEffect(() => {
    if (!wasSent) return;
    onHandled();
    // The button that had the focus goes away.
    outcome.current?.focus();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when it was sent
  }, [wasSent]);
  return (
    <li className={styles['row']}>
      <div className={styles['what']}>
        <Link id={`course-${courseId}`} className={styles['name'] ?? ''} href={pathOfCourse(courseId)}>
          <strong>{courseCode}</strong> {courseTitle}
        </Link>
        <EnrollmentStatus enrollment={enrollment} />
        {course && <MeetingTimes meetings={course.meetings} />}
      </div>
      <div className={styles['facts']}>
        <p>
          <Plural value={credits} one="# credit" other="# credits" />
        </p>
        {isHeld && <Deadline status={status} semester={semester} />}
      </div>
      <div className={styles['actions']}>
        {isHeld && (
          <DropButton enrollment={enrollment} times={semester} write={write} label={t`Drop ${courseCode}`} />
        )}
        {status === 'enrolled' && (
          <Link className={styles['swap'] ?? ''} href={pathOfSearch(courseCode)}>
            <Trans>Swap for another section</Trans>
          </Link>
        )}
      </div>
      <div ref={outcome} tabIndex={-1} className={styles['outcome']}>
        <WriteStatus write={write} />
      </div>
      <EnrollmentHistory enrollment={enrollment} />
    </li>
  );
}

/** Until when the course can be dropped, and how. */
function Deadline({
  status,
  semester,
}: {
  readonly status: Enrollment['status'];
  readonly semester: Semester;
}) {
  const format = useFormat();
  const effect = dropEffect(status, semester, useServerNow(10_000));
  const dropUntil = format.moment(semester.dropDeadlineAt);
  const withdrawUntil = format.moment(semester.withdrawDeadlineAt);
  return (
    <p className={styles['deadline']}>
      {effect === 'leave' && <Trans>You can leave at any time.</Trans>}
      {effect === 'drop' && <Trans>Drop without a trace until {dropUntil}</Trans>}
      {effect === 'withdraw' && <Trans>Withdraw, kept on your record, until {withdrawUntil}</Trans>}
      {effect === 'too-late' && <Trans>Can no longer be dropped: withdrawing ended {withdrawUntil}</Trans>}
    </p>
  );
}

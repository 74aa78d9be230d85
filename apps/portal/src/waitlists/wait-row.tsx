import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { useApi } from '../api/queries.ts';
import { useFormat } from '../app/format.ts';
import { Link } from '../app/navigation.ts';
import { pathOfCourse } from '../app/paths.ts';
import { MeetingTimes } from '../catalogue/meeting-times.tsx';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import type { Semester } from '../catalogue/use-semesters.ts';
import { wordsForReason } from '../registration/reason-words.ts';
import { useWrite } from '../intents/intents.ts';
import { useSeats } from '../live/use-seats.ts';
import { DropButton } from '../registration/drop-button.tsx';
import { EnrollmentStatus } from '../registration/enrollment-status.tsx';
import styles from '../registration/my-courses.module.css';
import type { Enrollment } from '../registration/own-enrollments.ts';
import { WriteStatus } from '../registration/write-status.tsx';
import { Status } from '../ui/status.tsx';

interface WaitRowProps {
  readonly enrollment: Enrollment;
  readonly course: Course | undefined;
  readonly semester: Semester;
}

/** A course that the reader waits for: the position, why a seat went by, and the way out. */
export function WaitRow({ enrollment, course, semester }: WaitRowProps) {
  const { t } = useLingui();
  const write = useWrite();
  const outcome = useRef<HTMLDivElement>(null);
  const wasSent = write.intent !== undefined;
  const { courseId, courseCode, courseTitle, status } = enrollment;
  const waiting = useSeats(courseId)?.waitlistedCount ?? course?.waitlistedCount;
  useEffect(() => {
    // The button that had the focus goes away.
    if (wasSent) outcome.current?.focus();
  }, [wasSent]);
  return (
    <li className={styles['row']}>
      <div className={styles['what']}>
        <Link id={`course-${courseId}`} className={styles['name'] ?? ''} href={pathOfCourse(courseId)}>
          <strong>{courseCode}</strong> {courseTitle}
        </Link>
        <EnrollmentStatus enrollment={enrollment} />
        {course && <MeetingTimes meetings={course.meetings} />}
        {status === 'waitlisted' && <PassedOver courseId={courseId} />}
      </div>
      <div className={styles['facts']}>
        {status === 'waitlisted' && waiting !== undefined && (
          <p>
            <Plural value={waiting} one="# person waits" other="# people wait" />
          </p>
        )}
      </div>
      <div className={styles['actions']}>
        {status === 'waitlisted' && (
          <DropButton enrollment={enrollment} times={semester} write={write} label={t`Leave ${courseCode}`} />
        )}
      </div>
      <div ref={outcome} tabIndex={-1} className={styles['outcome']}>
        <WriteStatus write={write} />
      </div>
    </li>
  );
}

/** Why the reader was last passed over for a free seat of that course, if ever. */
function PassedOver({ courseId }: { readonly courseId: string }) {
  const format = useFormat();
  const inbox = useApi('GET /api/notifications/me', { query: { limit: 25 } });
  const newest = inbox.data?.items.find((one) => one.type === 'passed_over' && one.courseId === courseId);
  if (newest === undefined) return null;
  const at = format.moment(newest.createdAt);
  return (
    <Status tone="warn">
      <Trans>Passed over on {at}.</Trans> {wordsForReason(newest.params.reason)}
    </Status>
  );
}

import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useFormat } from '../app/format.ts';
import { Link } from '../app/navigation.ts';
import { pathOfSearch } from '../app/paths.ts';
import { useServerNow } from '../app/server-time.ts';
import { deadlinesOf } from '../catalogue/course-terms.ts';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import type { Semester } from '../catalogue/use-semesters.ts';
import { useWrite } from '../intents/intents.ts';
import { DropButton } from './drop-button.tsx';
import type { DropTimes } from './drop.rules.ts';
import { dropEffect } from './drop.rules.ts';
import { EnrollmentHistory } from './enrollment-history.tsx';
import { EnrollmentRow } from './enrollment-row.tsx';
import styles from './my-courses.module.css';
import type { Enrollment } from './own-enrollments.ts';
import { withAnswer } from './with-answer.rules.ts';

interface MyCourseRowProps {
  readonly enrollment: Enrollment;
  /** Undefined while it is not known when it meets. */
  readonly course: Course | undefined;
  readonly semester: Semester;
  /** The reader sent a drop: the row stays for its outcome. */
  readonly onHandled: () => void;
}

/** A course that the reader holds or waits for: what it is, until when it can be dropped, and the ways out of it. */
export function MyCourseRow({ enrollment: listed, course, semester, onHandled }: MyCourseRowProps) {
  const { t } = useLingui();
  const write = useWrite();
  const enrollment = withAnswer(listed, write);
  const { courseCode, credits, status } = enrollment;
  const deadlines = deadlinesOf(course, semester);
  const isHeld = status === 'enrolled' || status === 'waitlisted';
  return (
    <EnrollmentRow
      enrollment={enrollment}
      course={course}
      write={write}
      onSent={onHandled}
      facts={
        <>
          <p>
            <Plural value={credits} one="# credit" other="# credits" />
          </p>
          {isHeld && <Deadline status={status} times={deadlines} />}
        </>
      }
      actions={
        <>
          {isHeld && (
            <DropButton
              enrollment={enrollment}
              times={deadlines}
              write={write}
              label={t`Drop ${courseCode}`}
            />
          )}
          {status === 'enrolled' && (
            <Link className={styles['swap'] ?? ''} href={pathOfSearch(courseCode)}>
              <Trans>Swap for another section</Trans>
            </Link>
          )}
        </>
      }
    >
      <EnrollmentHistory enrollment={enrollment} />
    </EnrollmentRow>
  );
}

/** Until when the course can be dropped, and how. */
function Deadline({ status, times }: { readonly status: Enrollment['status']; readonly times: DropTimes }) {
  const format = useFormat();
  const effect = dropEffect(status, times, useServerNow(10_000));
  const dropUntil = format.moment(times.dropDeadlineAt);
  const withdrawUntil = format.moment(times.withdrawDeadlineAt);
  return (
    <p className={styles['deadline']}>
      {effect === 'leave' && <Trans>You can leave at any time.</Trans>}
      {effect === 'drop' && <Trans>Drop without a trace until {dropUntil}</Trans>}
      {effect === 'withdraw' && <Trans>Withdraw, kept on your record, until {withdrawUntil}</Trans>}
      {effect === 'too-late' && <Trans>Can no longer be dropped: withdrawing ended {withdrawUntil}</Trans>}
    </p>
  );
}

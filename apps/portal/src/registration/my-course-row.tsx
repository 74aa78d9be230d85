import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useFormat } from '../app/format.ts';
import { Link } from '../app/navigation.ts';
import { pathOfSearch } from '../app/paths.ts';
import { useServerNow } from '../app/server-time.ts';
import { componentWord } from '../catalogue/component-words.ts';
import { deadlinesOf } from '../catalogue/course-terms.ts';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import type { Semester } from '../catalogue/use-semesters.ts';
import { useWrite } from '../intents/intents.ts';
import { CreditChoice } from './credit-choice.tsx';
import { creditSteps } from './credit-steps.rules.ts';
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
  /** Names of the courses that are dropped with it. */
  readonly along: readonly string[];
  /** The reader sent a drop: the row stays for its outcome. */
  readonly onHandled: () => void;
}

/** A course that the reader holds or waits for: what it is, until when it can be dropped, and the ways out of it. */
export function MyCourseRow({ enrollment: listed, course, semester, along, onHandled }: MyCourseRowProps) {
  const { t } = useLingui();
  const write = useWrite();
  const enrollment = withAnswer(listed, write);
  const { id, courseId, courseCode, credits, status, reservation } = enrollment;
  const deadlines = deadlinesOf(course, semester);
  const isHeld = status === 'enrolled' || status === 'waitlisted';
  const isVariable = isHeld && course !== undefined && creditSteps(course).length > 1;
  return (
    <EnrollmentRow
      enrollment={enrollment}
      course={course}
      write={write}
      onSent={onHandled}
      note={<Part course={course} reservation={reservation} />}
      facts={
        <>
          {!isVariable && (
            <p>
              <Plural value={credits} one="# credit" other="# credits" />
            </p>
          )}
          {isVariable && (
            <CreditChoice
              course={course}
              value={credits}
              disabled={write.isOpen}
              change={(chosen) =>
                write.submit({
                  method: 'PATCH',
                  target: `/api/enrollments/${encodeURIComponent(id)}`,
                  body: { credits: chosen },
                  subject: { action: 'credits', courseId, courseCode },
                })
              }
            />
          )}
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
              along={along}
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

/** What part of a course it is, and whose seat was taken, where that needs saying. */
function Part({
  course,
  reservation,
}: {
  readonly course: Course | undefined;
  readonly reservation: string | null;
}) {
  const part = course && course.component !== 'lecture' ? componentWord(course.component) : undefined;
  const section = course?.section;
  return (
    <>
      {part !== undefined && (
        <span className={styles['deadline']}>
          <Trans>
            {part}, section {section}
          </Trans>
        </span>
      )}
      {reservation !== null && (
        <span className={styles['deadline']}>
          <Trans>In a seat reserved for {reservation}</Trans>
        </span>
      )}
    </>
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

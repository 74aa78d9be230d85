import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useEffect, useEffectEvent, useRef } from 'react';
import { Link } from '../app/navigation.ts';
import { pathOfCourse } from '../app/paths.ts';
import { MeetingTimes } from '../catalogue/meeting-times.tsx';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import type { Write } from '../intents/intents.ts';
import { EnrollmentStatus } from './enrollment-status.tsx';
import styles from './my-courses.module.css';
import type { Enrollment } from './own-enrollments.ts';
import { OwnHoldsLink } from './own-holds-link.tsx';
import type { Refusal } from './refusals-in.rules.ts';
import { takenWith } from './refusals-in.rules.ts';
import { WriteStatus } from './write-status.tsx';
import { ButtonLink } from '../ui/button.tsx';

interface EnrollmentRowProps {
  readonly enrollment: Enrollment;
  /** Undefined while it is not known when it meets. */
  readonly course: Course | undefined;
  /** What the buttons of the row send; its outcome is said in the row. */
  readonly write: Write;
  /** Stands below the course's times. */
  readonly note?: ReactNode;
  readonly facts: ReactNode;
  readonly actions: ReactNode;
  readonly onSent?: () => void;
  /** Stands at the end, over the whole width. */
  readonly children?: ReactNode;
}

/** A course that the reader holds or waits for, with the outcome of what was done about it; that gets the focus. */
export function EnrollmentRow(props: EnrollmentRowProps) {
  const { enrollment, course, write, note, facts, actions, onSent, children } = props;
  const outcome = useRef<HTMLDivElement>(null);
  const action = write.intent?.subject.action;
  const wasSent = action === 'drop' || action === 'leave-waitlist';
  const { courseId, courseCode, courseTitle } = enrollment;
  const sent = useEffectEvent(() => onSent?.());
  useEffect(() => {
    if (!wasSent) return;
    sent();
    // The button that had the focus goes away.
    outcome.current?.focus();
  }, [wasSent]);
  return (
    <li className={styles['row']}>
      <div className={styles['what']}>
        <Link id={`course-${courseId}`} className={styles['name'] ?? ''} href={pathOfCourse(courseId)}>
          <strong>{courseCode}</strong> {courseTitle}
        </Link>
        <EnrollmentStatus enrollment={enrollment} />
        {course && <MeetingTimes meetings={course.meetings} />}
        {note}
      </div>
      <div className={styles['facts']}>{facts}</div>
      <div className={styles['actions']}>{actions}</div>
      <div ref={outcome} tabIndex={-1} className={styles['outcome']}>
        <WriteStatus write={write} remedies={({ refusal }) => <RowRemedy refusal={refusal} />} />
      </div>
      {children}
    </li>
  );
}

function RowRemedy({ refusal }: { readonly refusal: Refusal }) {
  const lecture = takenWith(refusal);
  if (refusal.code === 'hold') return <OwnHoldsLink />;
  if (lecture === undefined) return null;
  return (
    <ButtonLink small href={pathOfCourse(lecture)}>
      <Trans>Change sections</Trans>
    </ButtonLink>
  );
}

import { Trans, useLingui } from '@lingui/react/macro';
import { useFormat } from '../app/format.ts';
import { useSession } from '../app/session-hooks.ts';
import { signInRequest } from '../app/sign-in-request.ts';
import { SeatCount, useCounts } from '../catalogue/seat-count.tsx';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { useSemester } from '../catalogue/use-semesters.ts';
import { useWrite } from '../intents/intents.ts';
import { Button } from '../ui/button.tsx';
import { useSecondsUntil } from '../ui/read-state.tsx';
import { Notice, Status } from '../ui/status.tsx';
import { serverClock } from '../api/server-clock.ts';
import { DropButton } from './drop-button.tsx';
import { wordsForForeseen } from './refusal-words.ts';
import { RemedyFor } from './remedies.tsx';
import styles from './registration-panel.module.css';
import { useCompletedCodes, useOwnCourses } from './use-own-courses.ts';
import { useSpeech } from './use-speech.ts';
import { useWindowState } from './use-window.ts';
import { foresee } from './why-not.rules.ts';
import { WriteStatus } from './write-status.tsx';

/** Seats, the reader's standing, and the buttons of one course: enroll, wait, drop; and what stands in the way. */
export function RegistrationPanel({ course }: { readonly course: Course }) {
  const { t } = useLingui();
  const speech = useSpeech();
  const write = useWrite();
  const { user } = useSession();
  const semester = useSemester(course.semesterId).data ?? undefined;
  const windowState = useWindowState(semester);
  const counts = useCounts(course);
  const own = useOwnCourses(course.semesterId);
  const completedCodes = useCompletedCodes();
  const held = own.byCourse.get(course.id);

  const isFull = counts.seatsAvailable === 0;
  const canWait = counts.waitlistedCount < course.waitlistCapacity;
  const canAct = windowState === 'open' && course.status === 'open';
  const foreseen = held
    ? []
    : foresee(course, {
        current: [...own.byCourse.values()],
        seated: own.seated,
        completedCodes,
        creditLimit: semester?.creditLimit,
      });
  const subject = { courseId: course.id, courseCode: course.code };
  const enroll = (joinWaitlist: boolean) => {
    if (user === undefined) return signInRequest.open();
    write.submit({
      method: 'POST',
      target: '/api/enrollments',
      body: { courseId: course.id, joinWaitlist },
      subject: { ...subject, action: joinWaitlist ? 'join-waitlist' : 'enroll' },
    });
  };
  const remedy = {
    course,
    enrollmentOf: (courseId: string) => own.byCourse.get(courseId),
    joinWaitlist: () => enroll(true),
    swapFor: (dropEnrollmentId: string) =>
      write.submit({
        method: 'POST',
        target: '/api/enrollments/swap',
        body: { dropEnrollmentId, addCourseId: course.id },
        subject: { ...subject, action: 'swap' },
      }),
  };

  return (
    <section className={styles['panel']} aria-label={t`Registration`}>
      <div className={styles['seats']}>
        <SeatCount course={course} />
        <span className={styles['capacity']}>
          <Trans>
            {counts.enrolledCount} of {counts.capacity} taken
          </Trans>
        </span>
      </div>
      {held?.status === 'enrolled' && (
        <Status tone="ok">
          <Trans>You are enrolled</Trans>
        </Status>
      )}
      {held?.status === 'waitlisted' && (
        <Status tone="waiting">
          <Trans>You are on the waitlist, position {held.waitlistPosition}</Trans>
        </Status>
      )}
      {held?.status === 'completed' && (
        <Status tone="ok">
          <Trans>You have completed this course</Trans>
        </Status>
      )}
      {foreseen.map((problem) => (
        <Notice
          key={problem.code}
          tone="warn"
          actions={<RemedyFor {...remedy} code={problem.code} conflicts={problem.conflicts} />}
        >
          {wordsForForeseen(problem, speech)}
        </Notice>
      ))}
      <div className={styles['buttons']}>
        {!held && !(isFull && canWait && canAct) && (
          <Button look="primary" disabled={!canAct || isFull || write.isOpen} onClick={() => enroll(false)}>
            {t`Enroll`}
          </Button>
        )}
        {!held && isFull && canWait && canAct && (
          <Button look="primary" disabled={write.isOpen} onClick={() => enroll(true)}>
            {t`Join waitlist`}
          </Button>
        )}
        {(held?.status === 'enrolled' || held?.status === 'waitlisted') && (
          <DropButton enrollment={held} times={semester} write={write} label={t`Drop`} />
        )}
      </div>
      {!held && windowState === 'before' && semester && <Opening at={semester.enrollmentOpensAt} />}
      {!held && windowState === 'after' && semester && <Closed at={semester.enrollmentClosesAt} />}
      {!held && canAct && isFull && !canWait && (
        <p>
          <Trans>
            All seats are taken, and nobody more can wait. A seat that comes free shows here at once.
          </Trans>
        </p>
      )}
      <WriteStatus
        write={write}
        remedies={(problem) => (
          <RemedyFor {...remedy} code={problem.code} conflicts={problem.conflicts ?? []} />
        )}
      />
    </section>
  );
}

/** Counts down to the opening; the button arms itself then, and nothing is sent without a click. */
function Opening({ at }: { readonly at: string }) {
  const format = useFormat();
  const moment = format.moment(at);
  const deviceMs = Date.parse(at) - serverClock.now() + Date.now();
  const seconds = useSecondsUntil(deviceMs);
  const rest = format.duration(seconds);
  return (
    <p>
      <Trans>
        Enrollment opens on {moment}, in <strong>{rest}</strong>. You need not reload this page.
      </Trans>
    </p>
  );
}

function Closed({ at }: { readonly at: string }) {
  const moment = useFormat().moment(at);
  return (
    <p>
      <Trans>Enrollment closed on {moment}. Ask the registrar's office about a late enrollment.</Trans>
    </p>
  );
}

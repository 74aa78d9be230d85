import { Trans, useLingui } from '@lingui/react/macro';
import { useFormat } from '../app/format.ts';
import { SeatCount } from '../catalogue/seat-count.tsx';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import type { Semester } from '../catalogue/use-semesters.ts';
import type { Enrollment } from './own-enrollments.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/loading.tsx';
import { Notice, Status } from '../ui/status.tsx';
import { DropButton } from './drop-button.tsx';
import { wordsForForeseen } from './refusal-words.ts';
import { RemedyFor } from './remedies.tsx';
import styles from './registration-panel.module.css';
import { useRegistration } from './use-registration.ts';
import { useSpeech } from './use-speech.ts';
import { useSecondsUntilMoment } from './use-window.ts';
import type { WindowState } from './window.rules.ts';
import { WriteStatus } from './write-status.tsx';

/** Seats, the reader's standing, and the buttons of one course: enroll, wait, drop; and what stands in the way. */
export function RegistrationPanel({ course }: { readonly course: Course }) {
  const { t } = useLingui();
  const registration = useRegistration(course);
  const { isReady, write, counts, remedy } = registration;
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
      {isReady ? <Choices registration={registration} /> : <Skeleton rows={1} rowHeight="var(--control)" />}
      <WriteStatus
        write={write}
        remedies={(problem) => (
          <RemedyFor {...remedy} code={problem.code} conflicts={problem.conflicts ?? []} />
        )}
      />
    </section>
  );
}

/** What the reader can do, and what would be refused. */
function Choices({ registration }: { readonly registration: ReturnType<typeof useRegistration> }) {
  const { t } = useLingui();
  const speech = useSpeech();
  const { write, held, semester, windowState, canAct, isFull, canWait, foreseen, enroll, remedy } =
    registration;
  // What the server refused for is said once, with its answer.
  const refused = write.progress?.status === 'refused' ? write.progress.problem.code : undefined;
  return (
    <>
      {held && <Standing held={held} />}
      {foreseen
        .filter(({ code }) => code !== refused)
        .map((problem) => (
          <Notice
            key={problem.code}
            tone="warn"
            actions={<RemedyFor {...remedy} code={problem.code} conflicts={problem.conflicts} />}
          >
            {wordsForForeseen(problem, speech)}
          </Notice>
        ))}
      <div className={styles['buttons']}>
        {held && isCurrent(held) && (
          <DropButton enrollment={held} times={semester} write={write} label={t`Drop`} />
        )}
        {!held && (
          <EnrollButton
            wants={isFull && canWait && canAct ? 'place' : 'seat'}
            isDisabled={!canAct || (isFull && !canWait) || write.isOpen}
            enroll={enroll}
          />
        )}
      </div>
      {!held && (
        <WindowNotice semester={semester} state={windowState} isTaken={canAct && isFull && !canWait} />
      )}
    </>
  );
}

interface EnrollButtonProps {
  /** A seat where one is free, else a place on the waitlist. */
  readonly wants: 'seat' | 'place';
  readonly isDisabled: boolean;
  readonly enroll: (joinWaitlist: boolean) => void;
}

function EnrollButton({ wants, isDisabled, enroll }: EnrollButtonProps) {
  const { t } = useLingui();
  return (
    <Button look="primary" disabled={isDisabled} onClick={() => enroll(wants === 'place')}>
      {wants === 'place' ? t`Join waitlist` : t`Enroll`}
    </Button>
  );
}

/** How the reader stands in the course. */
function Standing({ held }: { readonly held: Enrollment }) {
  if (held.status === 'waitlisted')
    return (
      <Status tone="waiting">
        <Trans>You are on the waitlist, position {held.waitlistPosition}</Trans>
      </Status>
    );
  return (
    <Status tone="ok">
      {held.status === 'completed' ? (
        <Trans>You have completed this course</Trans>
      ) : (
        <Trans>You are enrolled</Trans>
      )}
    </Status>
  );
}

function isCurrent({ status }: Enrollment): boolean {
  return status === 'enrolled' || status === 'waitlisted';
}

interface WindowNoticeProps {
  readonly semester: Semester | undefined;
  readonly state: WindowState | undefined;
  /** All seats and waiting places are taken. */
  readonly isTaken: boolean;
}

/** Says why no button can be pressed: enrollment has not opened, has closed, or everything is taken. */
function WindowNotice({ semester, state, isTaken }: WindowNoticeProps) {
  if (semester && state === 'before') return <Opening at={semester.enrollmentOpensAt} />;
  if (semester && state === 'after') return <Closed at={semester.enrollmentClosesAt} />;
  if (!isTaken) return null;
  return (
    <p>
      <Trans>All seats are taken, and nobody more can wait. A seat that comes free shows here at once.</Trans>
    </p>
  );
}

/** Counts down to the opening; the button arms itself then, and nothing is sent without a click. */
function Opening({ at }: { readonly at: string }) {
  const format = useFormat();
  const moment = format.moment(at);
  const rest = format.duration(useSecondsUntilMoment(at));
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

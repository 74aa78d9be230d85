import { Trans, useLingui } from '@lingui/react/macro';
import type { Requirement } from '@registrar/eligibility/rules';
import type { ProblemBody } from '../api/problems.ts';
import { SeatCount } from '../catalogue/seat-count.tsx';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/loading.tsx';
import { ErrorPanel } from '../ui/read-state.tsx';
import { Notice, Status } from '../ui/status.tsx';
import { DropButton } from './drop-button.tsx';
import { HoldNotice } from './hold-notice.tsx';
import type { Enrollment } from './own-enrollments.ts';
import { OwnHoldsLink } from './own-holds-link.tsx';
import { wordsForForeseen } from './refusal-words.ts';
import { RemedyFor } from './remedies.tsx';
import styles from './registration-panel.module.css';
import type { Hold } from './use-own-window.ts';
import { useRegistration } from './use-registration.ts';
import { useSpeech } from './use-speech.ts';
import { WindowNotice } from './window-notice.tsx';
import { WriteStatus } from './write-status.tsx';

type Registration = ReturnType<typeof useRegistration>;

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
          <RemedyFor
            {...remedy}
            code={problem.code}
            conflicts={problem.conflicts ?? []}
            missing={missingIn(problem)}
          />
        )}
      />
    </section>
  );
}

/** What of a requirement a refusal says is missing. */
function missingIn({ code, params }: ProblemBody): Requirement | undefined {
  return code === 'prerequisite_not_met' ? (params?.['missing'] as Requirement | undefined) : undefined;
}

/** What the reader can do, and what would be refused. */
function Choices({ registration }: { readonly registration: Registration }) {
  const { held, isHeldFailed, windowRead } = registration;
  return (
    <>
      {windowRead.error !== null && <ErrorPanel query={windowRead} />}
      {held && <Standing held={held} isFailed={isHeldFailed} />}
      {held === undefined && <WaysIn registration={registration} />}
      {held && isCurrent(held) && <WayOut held={held} registration={registration} />}
    </>
  );
}

function WaysIn({ registration }: { readonly registration: Registration }) {
  const { write, canAct, isFull, canWait, enroll } = registration;
  const isTaken = isFull && !canWait;
  return (
    <>
      <WhyNot registration={registration} />
      <div className={styles['buttons']}>
        <EnrollButton
          wants={isFull && canWait && canAct ? 'place' : 'seat'}
          isDisabled={!canAct || isTaken || write.isOpen}
          enroll={enroll}
        />
      </div>
      <WindowNotice {...registration} isTaken={canAct && isTaken} />
    </>
  );
}

interface WayOutProps {
  readonly held: Enrollment;
  readonly registration: Registration;
}

function WayOut({ held, registration }: WayOutProps) {
  const { t } = useLingui();
  const { write, holds, deadlines } = registration;
  return (
    <>
      <Holds holds={holds.filter(({ blocks }) => blocks.includes('drop'))} />
      <div className={styles['buttons']}>
        <DropButton enrollment={held} times={deadlines} write={write} label={t`Drop`} />
      </div>
    </>
  );
}

/** What would be refused, each with its remedy. What the server refused for is said once, with its answer. */
function WhyNot({ registration }: { readonly registration: Registration }) {
  const speech = useSpeech();
  const { write, foreseen, remedy, holds } = registration;
  const refused = write.progress?.status === 'refused' ? write.progress.problem.code : undefined;
  return foreseen
    .filter(({ code }) => code !== refused)
    .map((problem) =>
      problem.code === 'hold' ? (
        <Holds key="hold" holds={holds.filter(({ blocks }) => blocks.includes('enroll'))} />
      ) : (
        <Notice
          key={problem.code}
          tone="warn"
          actions={
            <RemedyFor
              {...remedy}
              code={problem.code}
              conflicts={problem.conflicts}
              missing={problem.code === 'prerequisite_not_met' ? problem.params.missing : undefined}
            />
          }
        >
          {wordsForForeseen(problem, speech)}
        </Notice>
      ),
    );
}

function Holds({ holds }: { readonly holds: readonly Hold[] }) {
  return holds.map((hold) => <HoldNotice key={hold.id} hold={hold} actions={<OwnHoldsLink />} />);
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
function Standing({ held, isFailed }: { readonly held: Enrollment; readonly isFailed: boolean }) {
  const { status, waitlistPosition, grade } = held;
  if (status === 'waitlisted')
    return (
      <Status tone="waiting">
        <Trans>You are on the waitlist, position {waitlistPosition}</Trans>
      </Status>
    );
  if (status !== 'completed')
    return (
      <Status tone="ok">
        <Trans>You are enrolled</Trans>
      </Status>
    );
  if (isFailed)
    return (
      <Status tone="bad">
        <Trans>You did not pass this course (grade {grade})</Trans>
      </Status>
    );
  return (
    <Status tone="ok">
      {grade === null ? (
        <Trans>You have completed this course</Trans>
      ) : (
        <Trans>You have completed this course (grade {grade})</Trans>
      )}
    </Status>
  );
}

function isCurrent({ status }: Enrollment): boolean {
  return status === 'enrolled' || status === 'waitlisted';
}

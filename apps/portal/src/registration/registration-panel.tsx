import { Trans, useLingui } from '@lingui/react/macro';
import { AddToCart } from '../cart/add-to-cart.tsx';
import { AddToPlan } from '../plan/add-to-plan.tsx';
import { SeatCount } from '../catalogue/seat-count.tsx';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/loading.tsx';
import { ErrorPanel } from '../ui/read-state.tsx';
import { Notice, Status } from '../ui/status.tsx';
import { ChangeLinked } from './change-linked.tsx';
import { CreditChoice } from './credit-choice.tsx';
import { DropButton } from './drop-button.tsx';
import { HoldNotice } from './hold-notice.tsx';
import { namesAlong } from './dropped-along.ts';
import { LinkedChoice } from './linked-choice.tsx';
import type { Enrollment } from './own-enrollments.ts';
import { OwnHoldsLink } from './own-holds-link.tsx';
import { PermitNotice } from './permit-notice.tsx';
import { wordsForForeseen } from './refusal-words.ts';
import { missingIn, takenWith } from './refusals-in.rules.ts';
import { RemedyFor } from './remedies.tsx';
import styles from './registration-panel.module.css';
import { ReservedSeats } from './reserved-seats.tsx';
import { ownClashes } from './use-own-courses.ts';
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
      <ReservedSeats course={course} own={registration.ownSeats} />
      {isReady ? <Choices registration={registration} /> : <Skeleton rows={1} rowHeight="var(--control)" />}
      <WriteStatus
        write={write}
        remedies={({ courseId, refusal }) => (
          <RemedyFor
            {...remedy}
            // What is wrong with a linked section is put right by choosing another one.
            code={courseId === undefined || courseId === course.id ? refusal.code : 'linked_section_required'}
            conflicts={refusal.conflicts ?? []}
            missing={missingIn(refusal)}
            takenWith={takenWith(refusal)}
          />
        )}
      />
    </section>
  );
}

/** What the reader can do, and what would be refused. */
function Choices({ registration }: { readonly registration: Registration }) {
  const { held, isHeldFailed, windowRead, own } = registration;
  // Whether the reader is in the course is not known: neither to enroll nor to drop can be offered.
  if (own.read.error !== null && own.read.data === undefined) return <ErrorPanel query={own.read} />;
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
  const { write, canAct, isFull, canWait, isTaken, enroll, linked, own, permit, credits, remedy } =
    registration;
  const { course } = remedy;
  const clashesOf = (section: Course) =>
    ownClashes(section, { seated: [...own.seated, course] }).map(({ code }) => code);
  return (
    <>
      {permit && <PermitNotice permit={permit} />}
      <LinkedChoice lists={linked.lists} clashesOf={clashesOf} />
      <CreditChoice course={course} value={credits} change={registration.chooseCredits} />
      <WhyNot registration={registration} />
      <div className={styles['buttons']}>
        <EnrollButton
          wants={isFull && canWait && canAct ? 'place' : 'seat'}
          isDisabled={!canAct || isTaken || write.isOpen}
          enroll={enroll}
        />
        <AddToCart
          course={course}
          choice={{ linked: linked.chosen.map(({ id }) => id), credits, joinWaitlist: isFull && canWait }}
        />
        <AddToPlan course={course} linked={linked.chosen.map(({ id }) => id)} credits={credits} />
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
  const { write, holds, deadlines, own } = registration;
  return (
    <>
      <Holds holds={holds.filter(({ blocks }) => blocks.includes('drop'))} />
      <ChangeLinked
        course={registration.remedy.course}
        lists={registration.linked.lists}
        byCourse={own.byCourse}
        write={write}
      />
      <div className={styles['buttons']}>
        <DropButton
          enrollment={held}
          times={deadlines}
          write={write}
          along={namesAlong(held.courseId, own)}
          label={t`Drop`}
        />
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
    .map((problem, at) =>
      problem.code === 'hold' ? (
        <Holds key="hold" holds={holds.filter(({ blocks }) => blocks.includes('enroll'))} />
      ) : (
        <Notice
          key={`${problem.code} ${at}`}
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
  const { status, waitlistPosition, grade, reservation } = held;
  if (status === 'waitlisted')
    return (
      <Status tone="waiting">
        <Trans>You are on the waitlist, position {waitlistPosition}</Trans>
      </Status>
    );
  if (status === 'enrolled' && reservation !== null)
    return (
      <Status tone="ok">
        <Trans>You are enrolled, in a seat reserved for {reservation}</Trans>
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

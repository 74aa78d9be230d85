import type { RefusalCode } from '@registrar/contracts-enrollments';
import { useLingui } from '@lingui/react/macro';
import type { Requirement } from '@registrar/eligibility/rules';
import type { ReactNode } from 'react';
import { pathOfSearch, paths } from '../app/paths.ts';
import { requirementOf } from '../catalogue/course-terms.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { codesIn } from './eligibility.rules.ts';
import { OwnHoldsLink } from './own-holds-link.tsx';

/** What a remedy is offered for. */
export interface RemedyContext {
  readonly course: Course;
  /** Courses in the way. */
  readonly conflicts: readonly string[];
  /** What of the requirement is not met; undefined where the refusal does not say. */
  readonly missing?: Requirement | undefined;
  /** Own places in them, by course. */
  readonly enrollmentOf: (
    courseId: string,
  ) => { readonly id: string; readonly courseCode: string } | undefined;
  readonly joinWaitlist: () => void;
  /** Gives that place up for a seat here, both or neither. */
  readonly swapFor: (enrollmentId: string) => void;
}

type Remedy = (props: RemedyContext) => ReactNode;

/** How each refusal is put right: a button or a link beside its words. */
const remedies = {
  course_not_open: OtherSections,
  registration_paused: () => null,
  enrollment_window_closed: () => null,
  hold: OwnHoldsLink,
  already_enrolled: SwapHere,
  restricted: OtherSections,
  prerequisite_not_met: FindMissing,
  time_conflict: SwapHere,
  credit_limit_exceeded: MyCourses,
  seat_unavailable: JoinOrOther,
  waitlist_full: OtherSections,
} satisfies Record<RefusalCode, Remedy>;

/** The remedy of a refusal; nothing for a code that this release does not know. */
export function RemedyFor({ code, ...context }: RemedyContext & { readonly code: string }): ReactNode {
  const Found = remedies[code as RefusalCode] as Remedy | undefined;
  return Found ? <Found {...context} /> : null;
}

function OtherSections({ course }: RemedyContext) {
  const { t } = useLingui();
  const query = new URLSearchParams({ q: course.code, semesterId: course.semesterId, available: 'true' });
  return <ButtonLink small href={`${paths.courses}?${query}`}>{t`Other sections with seats`}</ButtonLink>;
}

function JoinOrOther(context: RemedyContext) {
  const { t } = useLingui();
  return (
    <>
      {context.course.waitlistCapacity > 0 && (
        <Button small onClick={context.joinWaitlist}>{t`Join waitlist`}</Button>
      )}
      <OtherSections {...context} />
    </>
  );
}

function SwapHere(context: RemedyContext) {
  const { t } = useLingui();
  const held = context.conflicts.flatMap((id) => context.enrollmentOf(id) ?? []);
  return (
    <>
      {held.map(({ id, courseCode }) => (
        <Button key={id} small onClick={() => context.swapFor(id)}>
          {courseCode === context.course.code ? t`Move to this section` : t`Swap with ${courseCode}`}
        </Button>
      ))}
      {held.length === 0 && <OtherSections {...context} />}
    </>
  );
}

function FindMissing({ course, missing = requirementOf(course) }: RemedyContext) {
  return missing && codesIn(missing).map((code) => <FindLink key={code} code={code} />);
}

function FindLink({ code }: { readonly code: string }) {
  const { t } = useLingui();
  return <ButtonLink small href={pathOfSearch(code)}>{t`Find ${code}`}</ButtonLink>;
}

function MyCourses() {
  const { t } = useLingui();
  return <ButtonLink small href={paths.enrollments}>{t`My courses`}</ButtonLink>;
}

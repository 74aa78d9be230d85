import type { RefusalCode } from '@registrar/contracts-enrollments';
import { t } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { Requirement } from '@registrar/eligibility/rules';
import type { ReactNode } from 'react';
import { pathOfCourse, pathOfSearch, paths } from '../app/paths.ts';
import { requirementOf } from '../catalogue/course-terms.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { codesIn } from './eligibility.rules.ts';
import { focusLinkedChoice } from './linked-choice.tsx';
import { OwnHoldsLink } from './own-holds-link.tsx';
import { PermitRequest } from './permit-request.tsx';

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
  /** Waits; the own place in another course is dropped at the promotion, where one is named. */
  readonly joinWaitlist: (dropOnPromotion?: string) => void;
  /** The course is full, and somebody more can wait. */
  readonly isFull: boolean;
  /** The course that a linked section is taken with. */
  readonly takenWith?: string | undefined;
  /** Brings the reader to the choice of linked sections; undefined: it is on this page. */
  readonly chooseLinked?: (() => void) | undefined;
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
  permission_required: PermitRequest,
  prerequisite_not_met: FindMissing,
  linked_section_required: ChooseLinked,
  time_conflict: SwapHere,
  credit_limit_exceeded: MyCourses,
  seat_unavailable: JoinOrOther,
  seat_reserved: JoinOrOther,
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
        <Button small onClick={() => context.joinWaitlist()}>{t`Join waitlist`}</Button>
      )}
      <OtherSections {...context} />
    </>
  );
}

function SwapHere(context: RemedyContext) {
  const held = context.conflicts.flatMap((id) => context.enrollmentOf(id) ?? []);
  return (
    <>
      {held.map(({ id, courseCode }) => (
        <Button
          key={id}
          small
          onClick={() => (context.isFull ? context.joinWaitlist(id) : context.swapFor(id))}
        >
          {swapWords(courseCode, context)}
        </Button>
      ))}
      {held.length === 0 && <OtherSections {...context} />}
    </>
  );
}

/** What giving a place up for this course is called: at once, or when a seat comes free. */
function swapWords(courseCode: string, { course, isFull }: RemedyContext): string {
  const isSame = courseCode === course.code;
  if (isFull)
    return isSame ? t`Wait, and move here when a seat is free` : t`Wait, and drop ${courseCode} then`;
  return isSame ? t`Move to this section` : t`Swap with ${courseCode}`;
}

function FindMissing({ course, missing = requirementOf(course) }: RemedyContext) {
  return (
    <>
      {missing && codesIn(missing).map((code) => <FindLink key={code} code={code} />)}
      <PermitRequest course={course} />
    </>
  );
}

/** Chosen here, or on the page of the course that it is taken with. */
function ChooseLinked({ takenWith, chooseLinked = focusLinkedChoice }: RemedyContext) {
  const { t } = useLingui();
  if (takenWith !== undefined)
    return <ButtonLink small href={pathOfCourse(takenWith)}>{t`Choose it there`}</ButtonLink>;
  return <Button small onClick={chooseLinked}>{t`Choose linked sections`}</Button>;
}

function FindLink({ code }: { readonly code: string }) {
  const { t } = useLingui();
  return <ButtonLink small href={pathOfSearch(code)}>{t`Find ${code}`}</ButtonLink>;
}

function MyCourses() {
  const { t } = useLingui();
  return <ButtonLink small href={paths.enrollments}>{t`My courses`}</ButtonLink>;
}

import type { StoredAnswer } from '@registrar/idempotency';
import { changed, created, enrollmentNotFound, refused } from '../../enrollment/answers.ts';
import { dropOutcome } from '../../enrollment/drop.rules.ts';
import { ineligibility } from '../../enrollment/eligibility.rules.ts';
import type { Offering } from '../../enrollment/enrollment.types.ts';
import { place } from '../../enrollment/seats.rules.ts';
import { tooManyCurrent } from '../../enrollment/student-entries.rules.ts';
import type { CompleteCommand, DropCommand, EnrollCommand } from './commands.ts';
import type { CoursePlan } from './course-plan.ts';
import type { StudentPlan } from './student-plan.ts';
import { applyTransition } from './transition.ts';

/** When a request is judged, and what it is judged against. */
export interface JudgingContext {
  /** RFC 3339. */
  now: string;
  /** Current offerings of the student's other courses, by course id. */
  offerings: ReadonlyMap<string, Offering>;
}

/** Judges a request for a seat and applies what it comes to. */
export function enroll(
  course: CoursePlan,
  student: StudentPlan,
  asked: Pick<EnrollCommand, 'actor' | 'joinWaitlist' | 'override'>,
  { now, offerings }: JudgingContext,
): StoredAnswer {
  const { seats, offering, semester } = course;
  const { refusal, overridden } = ineligibility(
    { seats, offering, semester, student, offerings, now },
    asked.override,
  );
  if (refusal) return refused(refusal);
  const placement = place(seats, offering, asked);
  if (placement.kind === 'refused') return refused(placement.refusal);
  const tooMany = tooManyCurrent(student.entries, placement.kind);
  if (tooMany) return refused(tooMany);
  const override = [...overridden, ...placement.overridden];
  const step = placement.kind === 'seat' ? takesSeat : joinsWaitlist;
  const record = applyTransition(course, student, { ...step, actor: asked.actor, now, override });
  return created(record, course.seats.waitlistedCount);
}

const takesSeat = { to: 'enrolled', change: 'enrolled' } as const;
const joinsWaitlist = { to: 'waitlisted', change: 'waitlisted' } as const;

/** Judges a drop and applies it; one that has ended already is given as it is. */
export function drop(
  course: CoursePlan,
  student: StudentPlan,
  { actor }: Pick<DropCommand, 'actor'>,
  now: string,
): StoredAnswer {
  const record = student.enrollmentIn(course.offering.courseId);
  if (!record) return enrollmentNotFound;
  const outcome = dropOutcome(record.status, course.semester, now);
  if (outcome.kind === 'refused') return refused(outcome);
  if (outcome.kind === 'already_ended') return changed(record);
  const reason = actor.role === 'student' ? {} : { reason: 'by_registrar' };
  return changed(
    applyTransition(course, student, { to: outcome.status, change: outcome.status, actor, now, ...reason }),
  );
}

/** Marks a taken seat as completed; one that is already is given as it is. */
export function complete(
  course: CoursePlan,
  student: StudentPlan,
  { actor }: Pick<CompleteCommand, 'actor'>,
  now: string,
): StoredAnswer {
  const record = student.enrollmentIn(course.offering.courseId);
  if (!record) return enrollmentNotFound;
  if (record.status === 'completed') return changed(record);
  if (record.status !== 'enrolled') {
    const detail = `Only a taken seat can be completed; this one is ${record.status}.`;
    return refused({ code: 'invalid_transition', detail });
  }
  return changed(applyTransition(course, student, { to: 'completed', change: 'completed', actor, now }));
}

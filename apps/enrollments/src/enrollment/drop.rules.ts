import type { CampusTime } from '@registrar/campus';
import type { EnrollmentStatus } from '@registrar/contracts-enrollments';
import type { SemesterRules, WithParams } from './enrollment.types.ts';

/** What giving up a place comes to. */
type DropOutcome =
  | { kind: 'ends'; status: 'dropped' | 'withdrawn' }
  | { kind: 'already_ended' }
  | ({ kind: 'refused'; detail: string } & WithParams<'drop_period_closed'>)
  | { kind: 'refused'; detail: string; code: 'enrollment_completed' };

/**
 * What a drop of an enrollment in `status` comes to at `now`: `dropped` up to the drop deadline, `withdrawn` up
 * to the withdraw deadline, refused after it. A place on the waitlist can be given up at any time.
 */
export function dropOutcome(
  status: EnrollmentStatus,
  semester: SemesterRules,
  { now, campusTime }: { now: string; campusTime: CampusTime },
): DropOutcome {
  if (status === 'waitlisted') return { kind: 'ends', status: 'dropped' };
  if (status === 'completed') {
    const detail = 'This course is completed: it is part of your record and cannot be dropped.';
    return { kind: 'refused', code: 'enrollment_completed', detail };
  }
  if (status !== 'enrolled') return { kind: 'already_ended' };
  if (now <= semester.dropDeadlineAt) return { kind: 'ends', status: 'dropped' };
  if (now <= semester.withdrawDeadlineAt) return { kind: 'ends', status: 'withdrawn' };
  const { withdrawDeadlineAt } = semester;
  const detail = `Withdrawing was possible until ${campusTime(withdrawDeadlineAt)}. Talk to the registrar's office.`;
  return { kind: 'refused', code: 'drop_period_closed', detail, params: { withdrawDeadlineAt } };
}

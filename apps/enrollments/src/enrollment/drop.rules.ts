import type { CampusTime } from '@registrar/campus';
import type { EnrollmentStatus } from '@registrar/contracts-enrollments';
import { holdDetail, holdParams } from './student-record/holds.rules.ts';
import type { ActiveHold } from './student-record/student-record.types.ts';
import type { Offering, SemesterRules, WithParams } from './enrollment.types.ts';

/** What a drop is judged by. */
interface DropTerms {
  semester: Pick<SemesterRules, 'dropDeadlineAt' | 'withdrawDeadlineAt'>;
  offering: Pick<Offering, 'dropDeadlineAt' | 'withdrawDeadlineAt'>;
  /** Those in force that stop dropping; none where a registrar drops. */
  holds: readonly ActiveHold[];
}

/** What giving up a place comes to. */
type DropOutcome =
  | { kind: 'ends'; status: 'dropped' | 'withdrawn' }
  | { kind: 'already_ended' }
  | ({ kind: 'refused'; detail: string } & WithParams<'drop_period_closed' | 'hold'>)
  | { kind: 'refused'; detail: string; code: 'enrollment_completed' };

/**
 * What a drop of an enrollment in `status` comes to at `now`: `dropped` up to the drop deadline, `withdrawn` up
 * to the withdraw deadline, refused after it; the course's own deadlines go before those of its semester. A place on
 * the waitlist can be given up at any time. Holds that stop dropping stop both.
 */
export function dropOutcome(
  status: EnrollmentStatus,
  { semester, offering, holds }: DropTerms,
  { now, campusTime }: { now: string; campusTime: CampusTime },
): DropOutcome {
  if (status === 'completed') {
    const detail = 'This course is completed: it is part of your record and cannot be dropped.';
    return { kind: 'refused', code: 'enrollment_completed', detail };
  }
  if (status !== 'enrolled' && status !== 'waitlisted') return { kind: 'already_ended' };
  if (holds.length > 0) {
    return {
      kind: 'refused',
      code: 'hold',
      detail: holdDetail(holds, 'drop'),
      params: holdParams(holds, 'drop'),
    };
  }
  const dropDeadlineAt = offering.dropDeadlineAt ?? semester.dropDeadlineAt;
  const withdrawDeadlineAt = offering.withdrawDeadlineAt ?? semester.withdrawDeadlineAt;
  if (status === 'waitlisted' || now <= dropDeadlineAt) return { kind: 'ends', status: 'dropped' };
  if (now <= withdrawDeadlineAt) return { kind: 'ends', status: 'withdrawn' };
  const detail = `Withdrawing was possible until ${campusTime(withdrawDeadlineAt)}. Talk to the registrar's office.`;
  return { kind: 'refused', code: 'drop_period_closed', detail, params: { withdrawDeadlineAt } };
}

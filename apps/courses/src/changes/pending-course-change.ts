import type { CourseState } from '@registrar/contracts-courses';
import { newId } from '@registrar/service';
import { reservationKey } from '../catalogue/course.codec.ts';
import type { CourseChange, PendingCourseChange } from '../catalogue/course.codec.ts';
import { leaseMs } from '../pending-changes/pending-change-runner.ts';
import { linkChange } from './course-links.rules.ts';

/** Two states of a course; there is none before its creation. */
interface Step {
  before: CourseState | undefined;
  next: CourseState;
}

/** A pending change from one state to the next, leased to this instance. @param now the store's time, ms */
export function pendingCourseChange(
  change: CourseChange,
  { before, next }: Step,
  { actorId, now }: { actorId: string; now: number },
): PendingCourseChange {
  return {
    token: newId('int'),
    change,
    state: next,
    actorId,
    leasedUntil: now + leaseMs,
    ...moved(before, next),
    links: linkChange(before, next),
  };
}

/** The reservation that a new, or changed, code and section takes, and the one it leaves. */
function moved(
  before: CourseState | undefined,
  next: CourseState,
): Pick<PendingCourseChange, 'takes' | 'frees'> {
  const [frees, takes] = [before && reservationKey(before), reservationKey(next)];
  return frees === takes ? {} : { takes, frees };
}

import { auditEvent, auditOutboxEntry, changesOf } from '@registrar/audit';
import type { AuditFacts } from '@registrar/audit';
import type { OutboxEntry } from '@registrar/messaging';
import type { EnrollmentRecord } from '../../enrollment/enrollment.types.ts';
import { staffRoles } from '../planning/group-plan.ts';
import type { CoursePlan } from '../planning/course-plan.ts';
import type { PlannedEnrollment, StudentPlan } from '../planning/student-plan.ts';
import type { CommitMoment } from './events.ts';

/** The cancellation of the course is recorded, not each place that ends by it. */
const byCancellation = 'course_cancelled';

/**
 * The audit records of what staff did in a commit, as one entry of the outbox; undefined where nobody of them acted.
 * A place that was taken in bulk has none, unless rules were set aside for it: the whole import is recorded.
 */
export function auditOf(
  courses: readonly CoursePlan[],
  students: readonly StudentPlan[],
  { traces }: CommitMoment,
): OutboxEntry | undefined {
  const isStaffed = students.some(({ changes }) => changes.some((change) => entriesOf(change).length > 0));
  if (!isStaffed) return undefined;
  const inBulk = new Set(
    courses.flatMap(({ events }) =>
      events
        .filter(({ actor, override }) => actor.inBulk && override.length === 0)
        .map(({ enrollment }) => enrollment.id),
    ),
  );
  const [first, ...others] = students
    .flatMap(({ userId, changes }) => {
      const traceId = traces?.get(userId)?.traceId;
      const single = changes.filter(({ now }) => !inBulk.has(now.id));
      return single.flatMap((change) => factsOf(change).map((facts) => ({ ...facts, traceId })));
    })
    .map((facts) => auditEvent('enrollments', facts));
  return first && auditOutboxEntry([first, ...others]);
}

/** What staff did to an enrollment in this commit, in order. */
function entriesOf({ before, now }: PlannedEnrollment) {
  return now.history
    .slice(before?.history.length ?? 0)
    .filter(({ actorRole, reason }) => staffRoles.has(actorRole) && reason !== byCancellation);
}

function factsOf(change: PlannedEnrollment): AuditFacts[] {
  const { before, now } = change;
  return entriesOf(change).map(({ actorId, action, override }) => ({
    actor: { id: actorId },
    action: `enrollment_${action}`,
    subjectId: now.userId,
    resource: `enrollment:${now.id}`,
    ...changesOf(before && shownOf(before), {
      ...shownOf(now),
      ...(override.length > 0 && { override }),
    }),
  }));
}

function shownOf({ courseId, status, credits, grade, reservation, dropOnPromotion }: EnrollmentRecord) {
  return { courseId, status, credits, grade, reservation, dropOnPromotion };
}

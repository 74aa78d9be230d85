import type { EnrollmentChange, EnrollmentStatus } from '@registrar/contracts-enrollments';
import { holdsSeat } from '../../enrollment/student-entries.rules.ts';
import type { Actor, EnrollmentRecord, PromotionDue, Seats } from '../../enrollment/enrollment.types.ts';
import type { CampusRules } from '../../enrollment/campus.ts';
import { codesAfter } from '../../enrollment/class-codes.rules.ts';
import { reservedAfter } from '../../enrollment/seats.rules.ts';
import { newId } from '@registrar/service';
import type { CoursePlan } from './course-plan.ts';
import type { Completion } from '../../enrollment/student-record/student-record.types.ts';
import type { StudentPlan } from './student-plan.ts';

/** One change of one student's place in one course. */
interface Transition {
  to: EnrollmentStatus;
  change: EnrollmentChange;
  actor: Actor;
  /** RFC 3339. */
  now: string;
  reason?: string;
  override?: string[];
  /** The permit that was used. */
  permitId?: string | undefined;
  /** Of a completion; null where none is given. */
  grade?: string | null;
  /** Of variable credits; default the course's. */
  credits?: number | undefined;
  /** Of a seat that is taken: the reservation that it is of. */
  reservation?: string | null;
  /** Of a waiting place that is taken: the enrollment that is dropped at the promotion. */
  dropOnPromotion?: string | null;
  /** The place was taken before, with what it says of its course and its beginning: these stay. */
  keepsBeginning?: true;
  /** Position that the event shows, where the student waits. */
  waitlistPosition?: number;
}

/**
 * Applies one change to the plans of a course and a student: counts, waitlist, enrollment with its history, the
 * student's semester, and the event. Freed seats become owed to the waitlist; the waiting places of a
 * student who frees time or credits, or completes a course, are judged again.
 */
export function applyTransition(
  course: CoursePlan,
  student: StudentPlan,
  campus: Pick<CampusRules, 'date' | 'grades'>,
  step: Transition,
): EnrollmentRecord {
  const before = student.enrollmentIn(course.offering.courseId);
  const ticket = step.to === 'waitlisted' ? (before?.ticket ?? course.issueTicket()) : null;
  const record = recordAfter(course, student, before, { ...step, ticket });
  movePlace(course, before, record);
  course.change(countsAfter(course.classSeats, before, record));
  const isFailed = step.to === 'completed' && !campus.grades.passes(record.grade);
  student.put(record, partOf(course, isFailed));
  noteCompletion(student, before, record, campus.date(step.now));
  if (before?.status === 'waitlisted' && step.to !== 'waitlisted') student.endWaiting(record.courseId);
  if (loosensSchedule(before?.status, step.to))
    student.retryDue ||= student.entries.some(({ status }) => status === 'waitlisted');
  course.publish({
    change: step.change,
    enrollment: record,
    waitlistPosition: ticket === null ? null : (step.waitlistPosition ?? course.seats.waitlistedCount),
    studentVersion: student.now.version,
    actor: step.actor,
    reason: step.reason ?? null,
    override: step.override ?? [],
  });
  return record;
}

function noteCompletion(
  student: StudentPlan,
  before: EnrollmentRecord | undefined,
  record: EnrollmentRecord,
  completedOn: string,
): void {
  if (record.status === 'completed') student.complete(completionOf(record, completedOn));
  else if (before?.status === 'completed') student.undoCompletion(record.id);
}

/** What the entry of a student's semester says beside the enrollment. */
function partOf({ offering: { component, topic } }: CoursePlan, isFailed: boolean) {
  return {
    ...(component !== 'lecture' && { component }),
    ...(topic !== null && { topic }),
    ...(isFailed && { isFailed: true as const }),
  };
}

function recordAfter(
  course: CoursePlan,
  student: StudentPlan,
  before: EnrollmentRecord | undefined,
  step: Transition & { ticket: number | null },
): EnrollmentRecord {
  const { offering } = course;
  const isTakenUp = !step.keepsBeginning && (step.change === 'enrolled' || step.change === 'waitlisted');
  const entry = {
    at: step.now,
    action: step.change.replace('-', '_'),
    actorId: step.actor.id,
    actorRole: step.actor.role,
    status: step.to,
    reason: step.reason ?? null,
    override: step.override ?? [],
    ...(step.permitId !== undefined && { permitId: step.permitId }),
  };
  const kept = isTakenUp || !before ? takenUp(course, step) : before;
  return {
    id: enrollmentId(offering.courseId, student.userId),
    userId: student.userId,
    courseId: offering.courseId,
    classId: offering.classId,
    semesterId: offering.semesterId,
    courseCode: kept.courseCode,
    courseTitle: kept.courseTitle,
    credits: step.credits ?? kept.credits,
    status: step.to,
    ticket: step.ticket,
    grade: step.to === 'completed' ? (step.grade ?? null) : null,
    reservation: reservationAfter(before, step),
    dropOnPromotion: step.to === 'waitlisted' ? dropAfter(before, step) : null,
    enrolledAt: kept.enrolledAt,
    updatedAt: step.now,
    version: (before?.version ?? 0) + 1,
    history: [...(before?.history ?? []), entry],
  };
}

function takenUp({ offering }: CoursePlan, { now, credits = offering.credits }: Transition) {
  return { courseCode: offering.code, courseTitle: offering.title, credits, enrolledAt: now };
}

/** A seat stays what it is while it is held. */
function reservationAfter(
  before: EnrollmentRecord | undefined,
  { to, reservation }: Transition,
): string | null {
  if (!holdsSeat({ status: to })) return null;
  return before && holdsSeat(before) ? before.reservation : (reservation ?? null);
}

/** What a waiting place says stays until it is said otherwise. */
function dropAfter(before: EnrollmentRecord | undefined, { dropOnPromotion }: Transition): string | null {
  if (dropOnPromotion !== undefined) return dropOnPromotion;
  return before?.status === 'waitlisted' ? before.dropOnPromotion : null;
}

/** The id of a student's enrollment in a course: derived, so that there is one at most, and it names its course. */
export function enrollmentId(courseId: string, userId: string): string {
  return `enr_${suffix(courseId)}_${suffix(userId)}`;
}

/** The course id within an enrollment id, or undefined where it has not that form. */
export function courseOfEnrollment(id: string): string | undefined {
  const match = /^enr_([A-Za-z0-9-]{1,64})_[A-Za-z0-9-]{1,64}$/.exec(id);
  return match ? `crs_${match[1] ?? ''}` : undefined;
}

const suffix = (id: string) => id.slice(id.indexOf('_') + 1);

function movePlace(course: CoursePlan, before: EnrollmentRecord | undefined, now: EnrollmentRecord): void {
  const { courseId: codeId, classId: courseId } = course.offering;
  if (now.ticket !== null && before?.ticket !== now.ticket) {
    const code = codeId === courseId ? {} : { codeId };
    const place = { courseId, ...code, ticket: now.ticket, userId: now.userId };
    course.move({ kind: 'put', place: { ...place, isNotified: false, passedOver: null } });
  }
  const left = now.ticket === null ? (before?.ticket ?? null) : null;
  if (left !== null) {
    course.move({ kind: 'remove', courseId, ticket: left });
    const { promotion } = course.seats;
    if (promotion && left <= promotion.after)
      course.change({ promotion: { ...promotion, kept: promotion.kept - 1 } });
  }
}

function countsAfter(
  seats: Seats,
  before: EnrollmentRecord | undefined,
  now: EnrollmentRecord,
): Partial<Seats> {
  const [from, to] = [before?.status, now.status];
  const held = before !== undefined && holdsSeat(before);
  const holds = holdsSeat(now);
  const left = held ? reservedAfter(seats.reserved, before.reservation, -1) : seats.reserved;
  const waitlistedCount = seats.waitlistedCount + Number(to === 'waitlisted') - Number(from === 'waitlisted');
  const enrolledCount = seats.enrolledCount + Number(holds) - Number(held);
  const completedCount = seats.completedCount + Number(to === 'completed') - Number(from === 'completed');
  const frees = held && !holds;
  return {
    enrolledCount,
    completedCount,
    waitlistedCount,
    reserved: holds ? reservedAfter(left, now.reservation, 1) : left,
    codes: codesAfter(seats, before, now),
    promotion: promotionDue(seats, waitlistedCount, frees),
  };
}

function promotionDue(seats: Seats, waitlistedCount: number, frees: boolean): PromotionDue | null {
  if (waitlistedCount === 0) return null;
  return seats.promotion ?? (frees ? { after: 0, kept: 0 } : null);
}

function loosensSchedule(from: EnrollmentStatus | undefined, to: EnrollmentStatus): boolean {
  return (from === 'enrolled' && to !== 'enrolled') || (from === 'completed' && to !== 'cancelled');
}

/** What the student's record says of a completed enrollment. */
function completionOf(record: EnrollmentRecord, completedOn: string): Completion {
  const { id: enrollmentId, courseCode: code, credits, grade } = record;
  return { id: newId('cmp'), code, credits, grade, completedOn, source: 'enrollment', enrollmentId };
}

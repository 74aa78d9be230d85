import { promotionAllowed } from '../../enrollment/enrollment-window.rules.ts';
import type { Offering, WaitlistPlace } from '../../enrollment/enrollment.types.ts';
import { freeSeats } from '../../enrollment/seats.rules.ts';
import type { CampusRules } from '../../enrollment/campus.ts';
import { promotionOf, system } from './change-set.ts';
import type { CoursePlan } from './course-plan.ts';
import { judgeChangeSet } from './judge-changes.ts';
import type { StudentPlan } from './student-plan.ts';
import { applyTransition } from './transition.ts';

/** When places are judged, and by which campus. */
interface PromotionMoment {
  /** RFC 3339. */
  now: string;
  campus: CampusRules;
}

/** The head of the waitlist, as read for a commit. */
export interface WaitingHead {
  /** In ticket order, all with a ticket beyond `promotion.after` as read. */
  places: readonly WaitlistPlace[];
  /** Whether the waitlist ends with them. */
  isWhole: boolean;
  students: ReadonlyMap<string, StudentPlan>;
  offerings: ReadonlyMap<string, Offering>;
  /** Waiting students whose change the store does not take: they keep their places and are passed over untouched. */
  refused?: ReadonlySet<string>;
}

/**
 * Gives free seats to waiting students strictly in the order of their tickets, each by a change set of its own in the
 * same commit. Who does not fit is passed over, notified once, and keeps the place; the commit relies on that schedule,
 * as the seat goes to others. It ends when the seats, the waitlist, the head that was read or `hasRoom` ends, or at a
 * place that was read in the middle of another commit. Where more of the waitlist is to be judged, `seats.promotion`
 * says where to continue.
 */
export function promote(
  course: CoursePlan,
  head: WaitingHead,
  moment: PromotionMoment,
  hasRoom: () => boolean,
): void {
  const { semester } = course;
  const { now } = moment;
  if (!course.seats.promotion || !promotionAllowed({ seats: course.seats, semester, now })) return;
  for (const place of head.places) {
    const due = course.seats.promotion;
    if (!due) return;
    if (freeSeats(course.seats) === 0) return course.change({ promotion: null });
    if (place.ticket <= due.after) continue;
    if (!hasRoom()) return;
    if (head.refused?.has(place.userId)) keep(course, place);
    else if (stillWaits(place, head)) judge(course, place, head, moment);
    // Not given up in this commit either: another one was seen by half, so the next commit judges it.
    else if (!isChanged(place, head)) return;
  }
  const isOver = head.isWhole && !joinedInThisCommit(course);
  if (isOver || freeSeats(course.seats) === 0) course.change({ promotion: null });
}

/** Places taken in this commit are behind the head that was read: the next commit judges them. */
function joinedInThisCommit(course: CoursePlan): boolean {
  const after = course.seats.promotion?.after ?? 0;
  return course.places.some((change) => change.kind === 'put' && change.place.ticket > after);
}

/**
 * Judges one waiting student whose own schedule changed, where a seat is free and no earlier place is still to be
 * judged for it. While promotions are not allowed, the seat becomes owed: the waitlist is judged when that is over.
 */
export function reconsider(
  course: CoursePlan,
  place: WaitlistPlace,
  head: WaitingHead,
  moment: PromotionMoment,
): void {
  const { promotion } = course.seats;
  const isTurn = !promotion || place.ticket <= promotion.after;
  if (!isTurn || freeSeats(course.seats) === 0 || !stillWaits(place, head)) return;
  if (!promotionAllowed({ seats: course.seats, semester: course.semester, now: moment.now })) {
    course.change({ promotion: { after: 0, kept: 0 } });
    return;
  }
  judge(course, place, head, moment);
}

function stillWaits(place: WaitlistPlace, head: WaitingHead): boolean {
  return head.students.get(place.userId)?.enrollmentIn(place.courseId)?.ticket === place.ticket;
}

function isChanged({ userId }: WaitlistPlace, head: WaitingHead): boolean {
  return (head.students.get(userId)?.changes.length ?? 0) > 0;
}

function judge(
  course: CoursePlan,
  place: WaitlistPlace,
  head: WaitingHead,
  { now, campus }: PromotionMoment,
): void {
  const student = head.students.get(place.userId);
  if (!student) throw new Error(`The waiting student of ticket ${place.ticket} was not read.`);
  const courses = new Map([[place.courseId, course]]);
  // Only the code of the problem is kept: no time is rendered.
  const context = { now, campus: { ...campus, time: String }, offerings: head.offerings };
  const results = judgeChangeSet(promotionOf(place), courses, student, context);
  if ('refusal' in results) throw new Error(`The course of ticket ${place.ticket} is not offered.`);
  const problem = results[0]?.problems[0];
  if (!problem) return;
  student.isReliedOn = true;
  const position = keep(course, place);
  if (place.isNotified || course.notifies(place.ticket)) return;
  course.move({ kind: 'notified', place: { ...place, isNotified: true } });
  const reason = problem.code;
  applyTransition(course, student, campus, {
    to: 'waitlisted',
    change: 'passed-over',
    actor: system,
    now,
    reason,
    waitlistPosition: position,
  });
}

/** Moves the judgement on beyond a place that is kept; gives the position of that place. */
function keep(course: CoursePlan, place: WaitlistPlace): number {
  const due = course.seats.promotion;
  const position = (due?.kept ?? 0) + 1;
  if (due && place.ticket > due.after) course.change({ promotion: { after: place.ticket, kept: position } });
  return position;
}

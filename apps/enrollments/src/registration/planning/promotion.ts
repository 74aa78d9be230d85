import { promotionAllowed } from '../../enrollment/enrollment-window.rules.ts';
import type { Offering, PassedOver, WaitlistPlace } from '../../enrollment/enrollment.types.ts';
import { waitingBundle } from '../../enrollment/links.rules.ts';
import { freeSeats } from '../../enrollment/seats.rules.ts';
import { isCurrent } from '../../enrollment/student-entries.rules.ts';
import type { CampusRules } from '../../enrollment/campus.ts';
import { coursesOf, promotionOf, system } from './change-set.ts';
import type { ChangeSet } from './change-set.ts';
import type { CoursePlan } from './course-plan.ts';
import { impliedBy, judgeChangeSet } from './judge-changes.ts';
import type { StudentPlan } from './student-plan.ts';
import { applyTransition, courseOfEnrollment } from './transition.ts';

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
  /** Courses of other classes that these promotions concern: sections waited for together, and what is dropped for a seat. */
  others: ReadonlyMap<string, CoursePlan>;
  /** Waiting students whose change the store does not take: they keep their places and are passed over untouched. */
  refused?: ReadonlySet<string>;
}

/** Whether a transaction has room for one more change of so many courses. */
export type HasRoom = (courses: number) => boolean;

/** Problems that no student can do anything about: nobody is notified of them. */
const silent = new Set(['seat_reserved', 'seat_unavailable', 'course_not_open']);

/**
 * Gives free seats of a class to waiting students strictly in the order of their tickets, each under the code that the
 * student waits with and by a change set of its own in the same commit: with the sections that are waited for together, and with the drop that the student named. Who does not fit
 * is passed over, notified once, and keeps the place; the commit relies on that schedule, and on the seats of the
 * other courses, as the seat goes to others. It ends when the seats, the waitlist, the head that was read or `hasRoom`
 * ends, or at a place that was read in the middle of another commit, or without a course that it concerns. Where more
 * of the waitlist is to be judged, `seats.promotion` says where to continue.
 */
export function promote(
  course: CoursePlan,
  head: WaitingHead,
  moment: PromotionMoment,
  hasRoom: HasRoom,
): void {
  if (!mayBegin(course, moment)) return;
  for (const place of head.places) {
    const due = course.seats.promotion;
    if (!due) return;
    if (freeSeats(course.seats) === 0) return course.change({ promotion: null });
    if (place.ticket <= due.after) continue;
    if (head.refused?.has(place.userId)) {
      keep(course, place);
      continue;
    }
    if (!stillWaits(place, head)) {
      // Not given up in this commit either: another one was seen by half, so the next commit judges it.
      if (!isChanged(place, head)) return;
      continue;
    }
    const promotion = promotionIn(course, place, head);
    if (!promotion || !hasRoom(promotion.courses.size)) return;
    judge(course, place, promotion, head, moment);
  }
  const isOver = head.isWhole && !joinedInThisCommit(course);
  if (isOver || freeSeats(course.seats) === 0) course.change({ promotion: null });
}

/**
 * Whether places may be judged: seats are owed, promotions allowed, and the head was read from where the judgement
 * continues. Where this commit set it back to earlier places, the next commit reads those.
 */
function mayBegin({ seats, semester, before }: CoursePlan, { now }: PromotionMoment): boolean {
  if (!seats.promotion || !promotionAllowed({ seats, semester, now })) return false;
  return seats.promotion.after >= (before.promotion?.after ?? 0);
}

/** Places taken in this commit are behind the head that was read: the next commit judges them. */
function joinedInThisCommit(course: CoursePlan): boolean {
  const after = course.seats.promotion?.after ?? 0;
  return course.places.some((change) => change.kind === 'put' && change.place.ticket > after);
}

/**
 * Judges one waiting student whose own schedule changed, where a seat is free and no earlier place is still to be
 * judged for it. While promotions are not allowed, or where a course that this one concerns was not read, the seat
 * becomes owed: the waitlist is judged when that is over, or next.
 */
export function reconsider(
  course: CoursePlan,
  place: WaitlistPlace,
  head: WaitingHead,
  moment: PromotionMoment,
): void {
  const { promotion: due } = course.seats;
  const isTurn = !due || place.ticket <= due.after;
  if (!isTurn || freeSeats(course.seats) === 0 || !stillWaits(place, head)) return;
  const isAllowed = promotionAllowed({ seats: course.seats, semester: course.semester, now: moment.now });
  const promotion = isAllowed ? promotionIn(course, place, head) : undefined;
  if (promotion) judge(course, place, promotion, head, moment);
  else course.change({ promotion: { after: 0, kept: 0 } });
}

/** The change set of a promotion and the courses that it concerns, each with an enrollment of the student. */
interface Promotion {
  set: ChangeSet;
  courses: ReadonlyMap<string, CoursePlan>;
}

/** The courses that a student's promotion in `course` concerns, that one first, as far as is known. */
export function promotionSet(
  course: Pick<CoursePlan, 'offering' | 'seats'>,
  student: StudentPlan,
  lookup: (courseId: string) => Offering | undefined,
): { set: ChangeSet; courseIds: string[] } {
  const { courseId, linked } = course.offering;
  const isLinked = linked.length > 0 || course.seats.linkedFrom.length > 0;
  const bundle = isLinked ? waitingBundle(courseId, student.entries, lookup) : [courseId];
  const places = [courseId, ...bundle.filter((id) => id !== courseId)].map((id) => {
    return { courseId: id, dropOnPromotion: dropFor(student, id) };
  });
  const set = promotionOf({ userId: student.userId }, places);
  const implied = places.some(({ dropOnPromotion }) => dropOnPromotion !== undefined)
    ? impliedBy(set, student, lookup)
    : [];
  return { set, courseIds: [...coursesOf(set), ...implied] };
}

/** The course that is dropped for a seat; none where that place has ended. */
function dropFor(student: StudentPlan, courseId: string): string | undefined {
  const dropped = courseOfEnrollment(student.enrollmentIn(courseId)?.dropOnPromotion ?? '');
  return student.entries.some((entry) => entry.courseId === dropped && isCurrent(entry))
    ? dropped
    : undefined;
}

function promotionIn(ofClass: CoursePlan, place: WaitlistPlace, head: WaitingHead): Promotion | undefined {
  const student = studentOf(place, head);
  const course = ofClass.as(codeOf(place));
  if (!course) return undefined;
  const planOf = (id: string) => ofClass.as(id) ?? head.others.get(id);
  const lookup = (id: string) => planOf(id)?.offering ?? head.offerings.get(id);
  const { set, courseIds } = promotionSet(course, student, lookup);
  const concerned = new Map<string, CoursePlan>();
  for (const id of courseIds) {
    const plan = planOf(id);
    if (!plan || !student.enrollmentIn(id)) return undefined;
    concerned.set(id, plan);
  }
  return { set, courses: concerned };
}

/** The course under whose code a student waits. */
export const codeOf = ({ courseId, codeId = courseId }: WaitlistPlace) => codeId;

function stillWaits(place: WaitlistPlace, head: WaitingHead): boolean {
  return head.students.get(place.userId)?.enrollmentIn(codeOf(place))?.ticket === place.ticket;
}

function isChanged({ userId }: WaitlistPlace, head: WaitingHead): boolean {
  return (head.students.get(userId)?.changes.length ?? 0) > 0;
}

function judge(
  course: CoursePlan,
  place: WaitlistPlace,
  { set, courses }: Promotion,
  head: WaitingHead,
  { now, campus }: PromotionMoment,
): void {
  const student = studentOf(place, head);
  const context = { now, campus, offerings: head.offerings };
  const results = judgeChangeSet(set, courses, student, context);
  if ('refusal' in results) throw new Error(`The course of ticket ${place.ticket} is not offered.`);
  const problem = results.flatMap(({ problems }) => problems)[0];
  if (!problem) return;
  student.isReliedOn = true;
  for (const other of courses.values()) if (other.ofClass !== course) other.isReliedOn = true;
  passOver(course, place, student, { code: problem.code, detail: problem.detail, at: now }, campus);
}

function passOver(
  course: CoursePlan,
  place: WaitlistPlace,
  student: StudentPlan,
  passedOver: PassedOver,
  campus: CampusRules,
): void {
  const position = keep(course, place);
  const known = course.keptPlace(place.ticket) ?? place;
  const isNotified = known.isNotified || !silent.has(passedOver.code);
  if (known.isNotified !== isNotified || known.passedOver?.code !== passedOver.code)
    course.move({ kind: 'kept', place: { ...known, isNotified, passedOver } });
  if (known.isNotified === isNotified) return;
  applyTransition(course.as(codeOf(place)) ?? course, student, campus, {
    to: 'waitlisted',
    change: 'passed-over',
    actor: system,
    now: passedOver.at,
    reason: passedOver.code,
    waitlistPosition: position,
  });
}

function studentOf(place: WaitlistPlace, head: WaitingHead): StudentPlan {
  const student = head.students.get(place.userId);
  if (!student) throw new Error(`The waiting student of ticket ${place.ticket} was not read.`);
  return student;
}

/** Moves the judgement on beyond a place that is kept; gives the position of that place. */
function keep(course: CoursePlan, place: WaitlistPlace): number {
  const due = course.seats.promotion;
  const position = (due?.kept ?? 0) + 1;
  if (due && place.ticket > due.after) course.change({ promotion: { after: place.ticket, kept: position } });
  return position;
}

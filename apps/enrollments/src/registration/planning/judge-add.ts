import type { Eligibility } from '../../enrollment/student-record/eligibility.ts';
import { standingOverride } from '../../enrollment/standing-override.rules.ts';
import type { EnrollmentRecord, Offering, Seats, StudentEntry } from '../../enrollment/enrollment.types.ts';
import { seatsUnder, seatsWithout } from '../../enrollment/class-codes.rules.ts';
import { freeSeats, isOwedToWaitlist, seatFor } from '../../enrollment/seats.rules.ts';
import { holdsSeat } from '../../enrollment/student-entries.rules.ts';
import type { CampusRules } from '../../enrollment/campus.ts';
import { judgePromotion, judgeRequest, setAsideBy } from '../rules/index.ts';
import type { Judgement, SetAside } from '../rules/index.ts';
import type { TakenTogether } from '../rules/rule.ts';
import type { Addition, ChangeSet } from './change-set.ts';
import type { CoursePlan } from './course-plan.ts';
import type { StudentPlan } from './student-plan.ts';
import { enrollmentId } from './transition.ts';

/** One place to take, while a change is judged. */
export interface Candidate {
  add: Addition;
  course: CoursePlan;
  setAside: SetAside;
  /** As they are seen under the code, without a seat of the same class that the change gives up. */
  seats: Seats;
  /** The seat that is free for the student, or that a set-aside rule gives beyond what is free. */
  seat: { reservation: string | null } | undefined;
  /** Whether that seat is a free one. */
  isFree: boolean;
  /** Whether a place on the waitlist will do: not for who gets a seat beyond the capacity. */
  joinWaitlist: boolean;
  /** Whether it comes to a place on the waitlist: its own, or that of a section that is taken with it. */
  waits: boolean;
}

/** What candidates are judged against. */
export interface AddTerms {
  student: StudentPlan;
  /** Of the student's record: what takes counting is counted once for all places of the change. */
  eligibility: Eligibility;
  /** As after the drops, and after what is given up for the seats of the change and for this place. */
  entries: readonly StudentEntry[];
  /** Enrollments that end where this place is taken. */
  endingFor: (add: Addition) => readonly EnrollmentRecord[];
  /** Of the courses of the change, of the student's others, and of those that name one of these, by id. */
  offerings: ReadonlyMap<string, Offering>;
  now: string;
  campus: CampusRules;
}

/** Looks for a seat for each place to take, and whether they wait: all of a bundle do where one of it has no seat. */
export function candidatesOf(
  adds: readonly Addition[],
  courses: ReadonlyMap<string, CoursePlan>,
  bundles: readonly (readonly string[])[],
  set: Pick<ChangeSet, 'override' | 'isTransfer'>,
  terms: Omit<AddTerms, 'entries'>,
): Candidate[] {
  const candidates = adds.map((add) => candidateOf(add, courses, set, terms));
  for (const ids of bundles) {
    const parts = candidates.filter(({ add }) => ids.includes(add.courseId));
    const full = parts.filter(({ seat }) => !seat);
    if (full.length === 0 || !full.every(({ joinWaitlist }) => joinWaitlist)) continue;
    for (const part of parts) part.waits = true;
  }
  return candidates;
}

function candidateOf(
  add: Addition,
  courses: ReadonlyMap<string, CoursePlan>,
  set: Pick<ChangeSet, 'override' | 'isTransfer'>,
  { student, eligibility, endingFor, now }: Omit<AddTerms, 'entries'>,
): Candidate {
  const course = courses.get(add.courseId);
  if (!course) throw new Error('A course of the change set was not read.');
  const setAside = setAsideFor(add, set, student, now);
  const isOfClass = ({ classId }: EnrollmentRecord) => classId === course.offering.classId;
  const own = endingFor(add).find((record) => isOfClass(record) && holdsSeat(record));
  const seats = own ? seatsUnder(seatsWithout(course.classSeats, own), add.courseId) : course.seats;
  const isOwed = isOwedToWaitlist(seats) && !add.isPromotion && !own;
  const free = isOwed ? undefined : (seatFor(seats, eligibility, now) ?? keptSeat(course, own));
  const lacking = !isOwed && seats.capacity > seats.enrolledCount ? 'seat_reserved' : 'seat_unavailable';
  const isBeyond = !free && setAsideBy(lacking, setAside) !== undefined;
  return {
    add,
    course,
    setAside,
    seats,
    seat: free ?? (isBeyond ? { reservation: null } : undefined),
    isFree: free !== undefined,
    joinWaitlist: add.joinWaitlist && !isBeyond,
    waits: false,
  };
}

/** Who changes to another code keeps the seat of the class, also where none is free, if one is left under that code. */
function keptSeat({ classSeats, offering }: CoursePlan, own: EnrollmentRecord | undefined) {
  const code = classSeats.codes[offering.courseId];
  if (!own || (code && freeSeats(code) === 0)) return undefined;
  return { reservation: own.reservation };
}

/** What a transfer sets aside for every student. */
const windows = ['enrollment_window_closed', 'registration_paused'];

/** What a registrar set aside when the student joined the waitlist holds for the promotion too. */
function setAsideFor(
  { courseId, isPromotion }: Addition,
  { override, isTransfer }: Pick<ChangeSet, 'override' | 'isTransfer'>,
  student: StudentPlan,
  now: string,
): SetAside {
  const permits = student.permitsFor(courseId, now);
  if (!isPromotion) return { override: new Set([...override, ...(isTransfer ? windows : [])]), permits };
  const waiting = student.enrollmentIn(courseId);
  return { override: new Set(waiting && standingOverride(waiting.history)), permits };
}

/** Judges one place among the others of its change. */
export function judgeCandidate(
  candidate: Candidate,
  among: readonly Candidate[],
  terms: AddTerms,
): Judgement {
  const { add, course, seats, isFree, joinWaitlist, waits, setAside } = candidate;
  const { student, eligibility, entries, offerings, now, campus } = terms;
  const { creditLimit, holds } = student.record;
  const at = among.indexOf(candidate);
  const together: TakenTogether = {
    before: among.slice(0, at).map((each) => entryOf(each, student)),
    after: among.slice(at + 1).map((each) => entryOf(each, student)),
  };
  const ruleCase = {
    seats,
    offering: course.offering,
    semester: course.semester,
    student: { entries, holds, creditLimit, eligibility },
    together,
    offerings,
    now,
    campus,
    credits: creditsOf(candidate, student),
    place: { hasSeat: isFree, joinWaitlist, waits },
  };
  return add.isPromotion ? judgePromotion(ruleCase, setAside) : judgeRequest(ruleCase, setAside);
}

/** Credits that are taken: those asked for, those chosen when the student began to wait, or the course's. */
function creditsOf({ add, course: { offering } }: Candidate, student: StudentPlan): number {
  if (!add.isPromotion) return add.credits ?? offering.credits;
  const chosen = offering.minCredits === null ? undefined : student.enrollmentIn(add.courseId)?.credits;
  return chosen ?? offering.credits;
}

/** A place as the student would have it. */
function entryOf(candidate: Candidate, student: StudentPlan): StudentEntry {
  const { course, waits } = candidate;
  const { courseId, code, component, topic } = course.offering;
  return {
    enrollmentId: enrollmentId(courseId, ''),
    courseId,
    code,
    credits: creditsOf(candidate, student),
    status: waits ? 'waitlisted' : 'enrolled',
    component,
    ...(topic !== null && { topic }),
    version: 0,
  };
}

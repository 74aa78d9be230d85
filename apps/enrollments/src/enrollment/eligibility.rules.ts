import type { RefusalCode } from '@registrar/contracts-enrollments';
import type { Offering, Refusal, Seats, SemesterRules, StudentEntry } from './enrollment.types.ts';
import { describeMeeting, describeMoment, overlapOf } from './times.rules.ts';

/** What the rules know of a student: own entries of the semester, and the codes of all completed courses. */
export interface StudentView {
  entries: readonly StudentEntry[];
  completedCodes: ReadonlySet<string>;
}

/** All that a rule may look at. */
export interface EligibilityCase {
  seats: Seats;
  offering: Offering;
  semester: SemesterRules;
  student: StudentView;
  /** Current offerings of the student's other courses, by course id. */
  offerings: ReadonlyMap<string, Offering>;
  /** RFC 3339, as all times here: they compare as text. */
  now: string;
}

type Rule = (given: EligibilityCase) => Refusal | undefined;

/** Codes are the same course in any case of letters. */
export const sameCode = (code: string) => code.toUpperCase();

/** Whether an entry takes a seat, credits and time. */
export const holdsSeat = ({ status }: Pick<StudentEntry, 'status'>) =>
  status === 'enrolled' || status === 'completed';

/** Whether an entry is a seat or a waiting place: the others have ended. */
export const isCurrent = (entry: Pick<StudentEntry, 'status'>) =>
  holdsSeat(entry) || entry.status === 'waitlisted';

const courseOpen: Rule = ({ seats, offering }) => {
  if (seats.status === 'open') return undefined;
  const detail =
    seats.status === 'cancelled'
      ? `${offering.code} was cancelled and takes no more students. Choose another course.`
      : `${offering.code} is closed for enrollment. Choose another section or ask the registrar's office.`;
  return { code: 'course_not_open', detail };
};

const windowOpen: Rule = ({ semester, now }) => {
  if (now < semester.enrollmentOpensAt) {
    const opens = describeMoment(semester.enrollmentOpensAt);
    return { code: 'enrollment_window_closed', detail: `Enrollment opens on ${opens}. Come back then.` };
  }
  if (now < semester.enrollmentClosesAt) return undefined;
  const closed = describeMoment(semester.enrollmentClosesAt);
  const detail = `Enrollment closed on ${closed}. Ask the registrar's office about a late enrollment.`;
  return { code: 'enrollment_window_closed', detail };
};

const notYetEnrolled: Rule = ({ offering, student }) => {
  const other = student.entries.find(
    (entry) =>
      isCurrent(entry) &&
      (entry.courseId === offering.courseId || sameCode(entry.code) === sameCode(offering.code)),
  );
  if (!other) return undefined;
  const having = other.status === 'waitlisted' ? 'are on the waitlist of' : 'are already enrolled in';
  const which = other.courseId === offering.courseId ? 'this course' : `another section of ${offering.code}`;
  const next =
    other.courseId === offering.courseId
      ? 'There is nothing more to do.'
      : 'Swap sections, or drop that one first.';
  return { code: 'already_enrolled', detail: `You ${having} ${which}. ${next}`, conflicts: [other.courseId] };
};

const prerequisitesMet: Rule = ({ offering, student }) => {
  const missing = offering.prerequisites.filter((code) => !student.completedCodes.has(sameCode(code)));
  if (missing.length === 0) return undefined;
  const detail = `${offering.code} asks for ${missing.join(', ')} to be completed first. Take ${
    missing.length === 1 ? 'it' : 'them'
  } in an earlier semester, or ask the registrar's office for an exception.`;
  return { code: 'prerequisite_not_met', detail };
};

const noTimeConflict: Rule = ({ offering, student, offerings }) => {
  const clashes = student.entries.flatMap((entry) => {
    const other = offerings.get(entry.courseId);
    const overlap = holdsSeat(entry) && other ? overlapOf(offering.meetings, other.meetings) : undefined;
    return overlap ? [{ entry, overlap }] : [];
  });
  const [first] = clashes;
  if (!first) return undefined;
  const [ours, theirs] = first.overlap;
  const detail = `${offering.code} meets ${describeMeeting(ours)}, when you are in ${first.entry.code} (${describeMeeting(
    theirs,
  )}). Choose another section, or swap the two.`;
  return { code: 'time_conflict', detail, conflicts: clashes.map(({ entry }) => entry.courseId) };
};

const withinCredits: Rule = ({ offering, semester, student }) => {
  const taken = student.entries.filter(holdsSeat).reduce((sum, { credits }) => sum + credits, 0);
  if (taken + offering.credits <= semester.creditLimit) return undefined;
  const detail =
    `You have ${taken} credits; with the ${offering.credits} of ${offering.code} you would pass the semester's limit of ` +
    `${semester.creditLimit}. Drop a course first, or ask the registrar's office for an exception.`;
  return { code: 'credit_limit_exceeded', detail };
};

/** Rules about the course itself, which end promotions too. */
const courseRules: readonly Rule[] = [courseOpen, windowOpen];

/** Rules about the student and the course together. */
const studentRules: readonly Rule[] = [notYetEnrolled, prerequisitesMet, noTimeConflict, withinCredits];

/** The first reason why a new request cannot be met, apart from seats; `override` sets reasons aside. */
export function ineligibility(given: EligibilityCase, override: ReadonlySet<RefusalCode>) {
  const overridden: RefusalCode[] = [];
  for (const rule of [...courseRules, ...studentRules]) {
    const refusal = rule(given);
    if (!refusal) continue;
    const final =
      refusal.code === 'already_enrolled' ||
      given.seats.status === 'cancelled' ||
      !override.has(refusal.code);
    if (final) return { refusal, overridden };
    overridden.push(refusal.code);
  }
  return { refusal: undefined, overridden };
}

/** Why a waiting student cannot take a seat now: the same rules, without the own place on the waitlist. */
export function promotionObstacle(given: EligibilityCase): Refusal | undefined {
  const entries = given.student.entries.filter(({ courseId }) => courseId !== given.offering.courseId);
  const others = { ...given, student: { ...given.student, entries } };
  // A waiting place in another section does not stand in the way of a seat here.
  const seated = { ...others, student: { ...others.student, entries: entries.filter(holdsSeat) } };
  return firstOf([notYetEnrolled, prerequisitesMet, noTimeConflict, withinCredits], seated);
}

/** Whether waiting students may be promoted at all: the course is open and the window too. */
export function promotionAllowed(given: Pick<EligibilityCase, 'seats' | 'semester' | 'now'>): boolean {
  const { seats, semester, now } = given;
  return seats.status === 'open' && isWindowOpen(semester, now);
}

/** Whether the enrollment window of a semester is open. @param now RFC 3339 */
export function isWindowOpen(semester: SemesterRules, now: string): boolean {
  return now >= semester.enrollmentOpensAt && now < semester.enrollmentClosesAt;
}

function firstOf(rules: readonly Rule[], given: EligibilityCase): Refusal | undefined {
  for (const rule of rules) {
    const refusal = rule(given);
    if (refusal) return refusal;
  }
  return undefined;
}

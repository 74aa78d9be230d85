import type { RefusalCode } from '@registrar/contracts-enrollments';
import { courseIdsOf } from '../../enrollment/class-codes.rules.ts';
import type { CampusRules } from '../../enrollment/campus.ts';
import type {
  Offering,
  Refusal,
  Seats,
  SemesterRules,
  StudentEntry,
} from '../../enrollment/enrollment.types.ts';
import type { Eligibility } from '../../enrollment/student-record/eligibility.ts';
import type { ActiveHold } from '../../enrollment/student-record/student-record.types.ts';

/** What the rules read of a student: the entries of the semester, and the record. */
interface StudentView {
  /** As after the drops of the change; without what it adds. */
  entries: readonly StudentEntry[];
  holds: readonly ActiveHold[];
  /** The student's own limit; null where the semester's counts. */
  creditLimit: number | null;
  eligibility: Eligibility;
}

/** The other places that the same change takes, as they would be. */
export interface TakenTogether {
  /** Asked for before this one. */
  before: readonly StudentEntry[];
  after: readonly StudentEntry[];
}

/** One student who wants a place in one course: all that a rule may look at. */
export interface RuleCase {
  seats: Seats;
  offering: Offering;
  semester: SemesterRules;
  student: StudentView;
  together: TakenTogether;
  /** Current offerings of the student's other courses, of those of the change, and of courses that name this one, by id. */
  offerings: ReadonlyMap<string, Offering>;
  /** RFC 3339, as all times here: they compare as text. */
  now: string;
  /** Says times, dates and grades. */
  campus: CampusRules;
  /** Credits that the student takes. */
  credits: number;
  place: PlaceCase;
}

/** What place there is for the student. */
interface PlaceCase {
  /** Whether a seat is free for this student. */
  hasSeat: boolean;
  /** Whether a place on the waitlist will do where none is. */
  joinWaitlist: boolean;
  /** Whether it comes to a place on the waitlist: of this section, or of one that is taken with it. */
  waits: boolean;
}

/** What a rule reads beside the course, its semester, and the student's entries and record. */
export type Reading = 'completions' | 'otherOfferings';

/** What the readings of a rule depend on. */
export interface Judged {
  offering: Offering;
  semester: Pick<SemesterRules, 'tickets'>;
  seats: Pick<Seats, 'reservations' | 'linkedFrom'>;
}

/** One reason why a student may not have a place. */
export interface Rule {
  readonly code: RefusalCode;
  /** What has to be read for it, for this course. */
  readonly reads?: (judged: Judged) => readonly Reading[];
  /** Whether it is judged again when a waiting student is promoted. */
  readonly judgedAtPromotion?: true;
  /** Who may override it; by default it cannot be overridden. */
  readonly overridableBy?: 'registrar';
  /** The problem in words for the student, or undefined where there is none. */
  readonly judge: (ruleCase: RuleCase) => Refusal | undefined;
}

/** Whether an entry is of another class than the one that is judged, under any code: a class is not in its own way. */
export function isOther({ seats }: Pick<RuleCase, 'seats'>) {
  const ofClass = courseIdsOf(seats);
  return ({ courseId }: StudentEntry) => !ofClass.includes(courseId);
}

/** What the student has, and what the change takes before this place: what sums and repetitions are judged by. */
export function entriesSoFar({ student, together }: Pick<RuleCase, 'student' | 'together'>): StudentEntry[] {
  return [...student.entries, ...together.before];
}

/** The same with all that the change takes: what is judged together. */
export function entriesTogether(ruleCase: Pick<RuleCase, 'student' | 'together'>): StudentEntry[] {
  return [...entriesSoFar(ruleCase), ...ruleCase.together.after];
}

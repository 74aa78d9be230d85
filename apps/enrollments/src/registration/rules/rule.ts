import type { RefusalCode } from '@registrar/contracts-enrollments';
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
  entries: readonly StudentEntry[];
  holds: readonly ActiveHold[];
  /** The student's own limit; null where the semester's counts. */
  creditLimit: number | null;
  eligibility: Eligibility;
}

/** One student who wants a place in one course: all that a rule may look at. */
export interface RuleCase {
  seats: Seats;
  offering: Offering;
  semester: SemesterRules;
  student: StudentView;
  /** Current offerings of the student's other courses, by course id. */
  offerings: ReadonlyMap<string, Offering>;
  /** RFC 3339, as all times here: they compare as text. */
  now: string;
  /** Says times, dates and grades. */
  campus: CampusRules;
  /** Whether a place on the waitlist will do where no seat is free. */
  joinWaitlist: boolean;
}

/** What a rule reads beside the course, its semester, and the student's entries and record. */
export type Reading = 'completions' | 'otherOfferings';

/** What the readings of a rule depend on. */
export interface Judged {
  offering: Offering;
  semester: Pick<SemesterRules, 'tickets'>;
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

import type { CampusTime } from '@registrar/campus';
import type { RefusalCode } from '@registrar/contracts-enrollments';
import type {
  Offering,
  Refusal,
  Seats,
  SemesterRules,
  StudentEntry,
} from '../../enrollment/enrollment.types.ts';

/** What the rules read of a student: the entries of the semester, and the codes of all completed courses. */
interface StudentView {
  entries: readonly StudentEntry[];
  completedCodes: ReadonlySet<string>;
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
  /** Says a time in words. */
  campusTime: CampusTime;
  /** Whether a place on the waitlist will do where no seat is free. */
  joinWaitlist: boolean;
}

/** What a rule reads beside the course, its semester and the student's entries. */
export type Reading = 'completedCodes' | 'otherOfferings';

/** One reason why a student may not have a place. */
export interface Rule {
  readonly code: RefusalCode;
  /** What has to be read for it, for this course. */
  readonly reads?: (offering: Offering) => readonly Reading[];
  /** Whether it is judged again when a waiting student is promoted. */
  readonly judgedAtPromotion?: true;
  /** Who may override it; by default it cannot be overridden. */
  readonly overridableBy?: 'registrar';
  /** The problem in words for the student, or undefined where there is none. */
  readonly judge: (ruleCase: RuleCase) => Refusal | undefined;
}

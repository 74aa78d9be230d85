import type { RefusalCode } from '@registrar/contracts-enrollments';
import type { Refusal } from '../../enrollment/enrollment.types.ts';
import { holdsSeat } from '../../enrollment/student-entries.rules.ts';
import { alreadyEnrolled } from './already-enrolled.rule.ts';
import { courseNotOpen } from './course-not-open.rule.ts';
import { creditLimitExceeded } from './credit-limit-exceeded.rule.ts';
import { enrollmentWindowClosed } from './enrollment-window-closed.rule.ts';
import { hold } from './hold.rule.ts';
import { prerequisiteNotMet } from './prerequisite-not-met.rule.ts';
import { registrationPaused } from './registration-paused.rule.ts';
import { restricted } from './restricted.rule.ts';
import type { Judged, Reading, Rule, RuleCase } from './rule.ts';
import { seatUnavailable } from './seat-unavailable.rule.ts';
import { timeConflict } from './time-conflict.rule.ts';
import { tooManyPlaces } from './too-many-places.rule.ts';
import { waitlistFull } from './waitlist-full.rule.ts';

/** All rules, in the order of the contract. A new rule is a file and a line here. */
const rules: readonly Rule[] = [
  courseNotOpen,
  registrationPaused,
  enrollmentWindowClosed,
  hold,
  alreadyEnrolled,
  restricted,
  prerequisiteNotMet,
  timeConflict,
  creditLimitExceeded,
  seatUnavailable,
  waitlistFull,
  tooManyPlaces,
];
const promotionRules = rules.filter(({ judgedAtPromotion }) => judgedAtPromotion);

/** What a request for a place comes to by the rules. */
interface Judgement {
  /** All problems, in order; none where the student may have the place. */
  problems: Refusal[];
  /** Codes that `override` set aside. */
  overridden: RefusalCode[];
}

/** Judges a request for a place by all rules. @param override codes that a registrar sets aside */
export function judgeRequest(ruleCase: RuleCase, override: ReadonlySet<RefusalCode>): Judgement {
  const judgement: Judgement = { problems: [], overridden: [] };
  for (const rule of rules) {
    const problem = rule.judge(ruleCase);
    if (!problem) continue;
    const isSetAside = rule.overridableBy && !problem.isFinal && override.has(problem.code);
    if (isSetAside) judgement.overridden.push(problem.code);
    else judgement.problems.push(problem);
  }
  return judgement;
}

/**
 * Judges whether a waiting student can take a seat now, up to the first problem. The own place does not count, nor does
 * a waiting place in another section.
 *
 * @param override codes that a registrar set aside when the student joined the waitlist
 */
export function judgePromotion(ruleCase: RuleCase, override: ReadonlySet<string>): Judgement {
  const entries = ruleCase.student.entries.filter(
    (entry) => holdsSeat(entry) && entry.courseId !== ruleCase.offering.courseId,
  );
  const others = { ...ruleCase, student: { ...ruleCase.student, entries } };
  for (const rule of promotionRules) {
    if (rule.overridableBy && override.has(rule.code)) continue;
    const problem = rule.judge(others);
    if (problem) return { problems: [problem], overridden: [] };
  }
  return { problems: [], overridden: [] };
}

/** What has to be read to judge students for this course, beside the course, their entries and their records. */
export function readingsFor(judged: Judged): ReadonlySet<Reading> {
  return new Set(rules.flatMap(({ reads }) => reads?.(judged) ?? []));
}

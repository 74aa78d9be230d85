import type { RefusalCode } from '@registrar/contracts-enrollments';
import type { Refusal } from '../../enrollment/enrollment.types.ts';
import { holdsSeat } from '../../enrollment/student-entries.rules.ts';
import { alreadyEnrolled } from './already-enrolled.rule.ts';
import { courseNotOpen } from './course-not-open.rule.ts';
import { creditLimitExceeded } from './credit-limit-exceeded.rule.ts';
import { enrollmentWindowClosed } from './enrollment-window-closed.rule.ts';
import { hold } from './hold.rule.ts';
import { linkedSectionRequired } from './linked-section-required.rule.ts';
import { permissionRequired } from './permission-required.rule.ts';
import { prerequisiteNotMet } from './prerequisite-not-met.rule.ts';
import { registrationPaused } from './registration-paused.rule.ts';
import { restricted } from './restricted.rule.ts';
import type { Judged, Reading, Rule, RuleCase } from './rule.ts';
import { seatReserved } from './seat-reserved.rule.ts';
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
  permissionRequired,
  prerequisiteNotMet,
  linkedSectionRequired,
  timeConflict,
  creditLimitExceeded,
  seatUnavailable,
  seatReserved,
  waitlistFull,
  tooManyPlaces,
];
const promotionRules = rules.filter(({ judgedAtPromotion }) => judgedAtPromotion);

/** A permit that the student may use for this course. */
export interface UsablePermit {
  id: string;
  /** Codes of the rules that it sets aside. */
  allows: readonly string[];
}

/** What sets rules aside. */
export interface SetAside {
  /** Codes that a registrar sets aside. */
  override: ReadonlySet<string>;
  /** The oldest first. */
  permits: readonly UsablePermit[];
}

/** What a request for a place comes to by the rules. */
export interface Judgement {
  /** All problems, in order; none where the student may have the place. */
  problems: Refusal[];
  /** Codes that `override` set aside. */
  overridden: RefusalCode[];
  /** Ids of the permits that set a problem aside, each once. */
  permits: string[];
}

/** Whether a code is set aside for this student, and by which permit, where it is by one. */
export function setAsideBy(
  code: string,
  { override, permits }: SetAside,
): 'override' | UsablePermit | undefined {
  if (override.has(code)) return 'override';
  return permits.find(({ allows }) => allows.includes(code));
}

/** Judges a request for a place by all rules. */
export function judgeRequest(ruleCase: RuleCase, setAside: SetAside): Judgement {
  return judgeBy(rules, ruleCase, setAside);
}

/**
 * Judges whether a waiting student can take a seat now. The own place does not count, nor does a waiting place in
 * another section.
 *
 * @param setAside what counted when the student joined the waitlist
 */
export function judgePromotion(ruleCase: RuleCase, setAside: SetAside): Judgement {
  const entries = ruleCase.student.entries.filter(
    (entry) => holdsSeat(entry) && entry.courseId !== ruleCase.offering.courseId,
  );
  return judgeBy(promotionRules, { ...ruleCase, student: { ...ruleCase.student, entries } }, setAside);
}

/** Problems by the rules of some codes alone, in order. */
export function judgeOnly(codes: ReadonlySet<string>, ruleCase: RuleCase): Refusal[] {
  return rules.filter(({ code }) => codes.has(code)).flatMap((rule) => rule.judge(ruleCase) ?? []);
}

function judgeBy(judged: readonly Rule[], ruleCase: RuleCase, setAside: SetAside): Judgement {
  const judgement: Judgement = { problems: [], overridden: [], permits: [] };
  for (const rule of judged) {
    const problem = rule.judge(ruleCase);
    if (!problem) continue;
    const means = rule.overridableBy && !problem.isFinal ? setAsideBy(problem.code, setAside) : undefined;
    if (means === undefined) judgement.problems.push(problem);
    else if (means === 'override') judgement.overridden.push(problem.code);
    else if (!judgement.permits.includes(means.id)) judgement.permits.push(means.id);
  }
  return judgement;
}

/** What has to be read to judge students for this course, beside the course, their entries and their records. */
export function readingsFor(judged: Judged): ReadonlySet<Reading> {
  return new Set(rules.flatMap(({ reads }) => reads?.(judged) ?? []));
}

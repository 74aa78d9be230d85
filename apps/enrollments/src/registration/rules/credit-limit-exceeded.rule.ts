import { courseParams } from '../../enrollment/course-params.ts';
import { holdsSeat } from '../../enrollment/student-entries.rules.ts';
import { entriesSoFar, isOther } from './rule.ts';
import type { Rule } from './rule.ts';

/** With this course the student would have more credits than the semester allows, or the student's own limit. */
export const creditLimitExceeded: Rule = {
  code: 'credit_limit_exceeded',
  judgedAtPromotion: true,
  overridableBy: 'registrar',
  judge(ruleCase) {
    const { offering, semester, student, credits } = ruleCase;
    const taken = entriesSoFar(ruleCase)
      .filter((entry) => holdsSeat(entry) && isOther(ruleCase)(entry))
      .reduce((sum, entry) => sum + entry.credits, 0);
    const limit = student.creditLimit ?? semester.creditLimit;
    if (taken + credits <= limit) return undefined;
    const whose = student.creditLimit === null ? "the semester's" : 'your';
    const detail =
      `You have ${taken} credits; with the ${credits} of ${offering.code} you would pass ${whose} limit of ` +
      `${limit}. Drop a course first, or ask the registrar's office for an exception.`;
    const params = {
      course: courseParams(offering),
      limitOf: 'credits' as const,
      credits,
      taken,
      limit,
    };
    return { code: 'credit_limit_exceeded', detail, params };
  },
};

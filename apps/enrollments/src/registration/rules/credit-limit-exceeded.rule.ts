import { courseParams } from '../../enrollment/course-params.ts';
import { holdsSeat } from '../../enrollment/student-entries.rules.ts';
import type { Rule } from './rule.ts';

/** With this course the student would have more credits than the semester allows. */
export const creditLimitExceeded: Rule = {
  code: 'credit_limit_exceeded',
  judgedAtPromotion: true,
  overridableBy: 'registrar',
  judge({ offering, semester, student }) {
    const taken = student.entries.filter(holdsSeat).reduce((sum, { credits }) => sum + credits, 0);
    if (taken + offering.credits <= semester.creditLimit) return undefined;
    const detail =
      `You have ${taken} credits; with the ${offering.credits} of ${offering.code} you would pass the semester's limit of ` +
      `${semester.creditLimit}. Drop a course first, or ask the registrar's office for an exception.`;
    const params = {
      course: courseParams(offering),
      limitOf: 'credits' as const,
      credits: offering.credits,
      taken,
      limit: semester.creditLimit,
    };
    return { code: 'credit_limit_exceeded', detail, params };
  },
};

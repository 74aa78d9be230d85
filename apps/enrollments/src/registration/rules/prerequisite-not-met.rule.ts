import { missingOf, requirementWords, wholeRequirement } from '@registrar/eligibility';
import { courseParams } from '../../enrollment/course-params.ts';
import { sameCode } from '../../enrollment/student-entries.rules.ts';
import type { Rule } from './rule.ts';

/** The student has not done what is required before this course. */
export const prerequisiteNotMet: Rule = {
  code: 'prerequisite_not_met',
  reads: ({ offering: { prerequisites, requirement } }) =>
    prerequisites.length > 0 || requirement !== null ? ['completions'] : [],
  judgedAtPromotion: true,
  overridableBy: 'registrar',
  judge(ruleCase) {
    const { offering, student, together, place, campus } = ruleCase;
    const whole = wholeRequirement(offering.prerequisites, offering.requirement);
    if (!whole) return undefined;
    // Who waits is judged again at the promotion, with what is taken then.
    const taken = [...together.before, ...together.after].filter(
      ({ status }) => status === 'enrolled' || place.waits,
    );
    const enrolled = [...student.entries.filter(({ status }) => status === 'enrolled'), ...taken];
    const missing = missingOf(whole, {
      passed: student.eligibility.passed,
      concurrent: new Set(enrolled.map(({ code }) => sameCode(code))),
      scale: campus.grades,
    });
    if (!missing) return undefined;
    const detail = `${offering.code} requires ${requirementWords(missing)}. Complete what is missing first, or ask the registrar's office for an exception.`;
    return {
      code: 'prerequisite_not_met',
      detail,
      params: { course: courseParams(offering), missing },
      missing,
    };
  },
};

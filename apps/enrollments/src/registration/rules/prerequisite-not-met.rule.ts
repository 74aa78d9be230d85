import { courseParams } from '../../enrollment/course-params.ts';
import { sameCode } from '../../enrollment/student-entries.rules.ts';
import type { Rule } from './rule.ts';

/** The student has not completed all courses that are required before this one. */
export const prerequisiteNotMet: Rule = {
  code: 'prerequisite_not_met',
  reads: ({ prerequisites }) => (prerequisites.length > 0 ? ['completedCodes'] : []),
  judgedAtPromotion: true,
  overridableBy: 'registrar',
  judge({ offering, student }) {
    const missing = offering.prerequisites.filter((code) => !student.completedCodes.has(sameCode(code)));
    if (missing.length === 0) return undefined;
    const detail = `${offering.code} asks for ${missing.join(', ')} to be completed first. Take ${
      missing.length === 1 ? 'it' : 'them'
    } in an earlier semester, or ask the registrar's office for an exception.`;
    const params = { course: courseParams(offering), missing };
    return { code: 'prerequisite_not_met', detail, params };
  },
};

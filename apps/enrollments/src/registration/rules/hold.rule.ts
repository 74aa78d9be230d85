import { courseParams } from '../../enrollment/course-params.ts';
import { holdDetail, holdParams, holdsThat } from '../../enrollment/student-record/holds.rules.ts';
import type { Rule } from './rule.ts';

/** An office has stopped this student's enrollment. */
export const hold: Rule = {
  code: 'hold',
  judgedAtPromotion: true,
  overridableBy: 'registrar',
  judge({ offering, student }) {
    const holds = holdsThat(student.holds, 'enroll');
    if (holds.length === 0) return undefined;
    const params = { course: courseParams(offering), ...holdParams(holds, 'enroll') };
    return { code: 'hold', detail: holdDetail(holds, 'enroll'), params };
  },
};

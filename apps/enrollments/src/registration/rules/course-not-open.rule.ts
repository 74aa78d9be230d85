import { courseParams } from '../../enrollment/course-params.ts';
import type { Rule } from './rule.ts';

/** The course takes no students. A cancelled one never does, and that cannot be overridden. */
export const courseNotOpen: Rule = {
  code: 'course_not_open',
  judgedAtPromotion: true,
  overridableBy: 'registrar',
  judge({ seats, offering }) {
    if (seats.status === 'open') return undefined;
    const isFinal = seats.status === 'cancelled';
    const detail = isFinal
      ? `${offering.code} was cancelled and takes no more students. Choose another course.`
      : `${offering.code} is closed for enrollment. Choose another section or ask the registrar's office.`;
    const params = { course: courseParams(offering), status: seats.status };
    return { code: 'course_not_open', detail, params, isFinal };
  },
};

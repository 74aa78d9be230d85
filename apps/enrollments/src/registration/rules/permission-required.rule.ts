import { courseParams } from '../../enrollment/course-params.ts';
import type { Rule } from './rule.ts';

/** The course takes students with a permit of its instructor only. */
export const permissionRequired: Rule = {
  code: 'permission_required',
  judgedAtPromotion: true,
  overridableBy: 'registrar',
  judge({ offering }) {
    if (offering.consent === 'none') return undefined;
    const detail = `${offering.code} needs a permit of its instructor. Ask for one on the page of the course.`;
    return { code: 'permission_required', detail, params: { course: courseParams(offering) } };
  },
};

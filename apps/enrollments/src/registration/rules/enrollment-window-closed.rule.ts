import { courseParams } from '../../enrollment/course-params.ts';
import type { Rule } from './rule.ts';

/** Enrollment has not opened yet, or has closed. */
export const enrollmentWindowClosed: Rule = {
  code: 'enrollment_window_closed',
  overridableBy: 'registrar',
  judge({ offering, semester, now, campusTime }) {
    const { enrollmentOpensAt: opensAt, enrollmentClosesAt: closesAt } = semester;
    if (now >= opensAt && now < closesAt) return undefined;
    const isOpening = now < opensAt;
    const detail = isOpening
      ? `Enrollment opens on ${campusTime(opensAt)}. Come back then.`
      : `Enrollment closed on ${campusTime(closesAt)}. Ask the registrar's office about a late enrollment.`;
    const params = { course: courseParams(offering), isOpening, opensAt, closesAt };
    return { code: 'enrollment_window_closed', detail, params };
  },
};

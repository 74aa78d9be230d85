import { courseParams } from '../../enrollment/course-params.ts';
import { closingOf, openingFor } from '../../enrollment/enrollment-window.rules.ts';
import type { Rule } from './rule.ts';

/** Enrollment has not opened for this student yet, or has closed. */
export const enrollmentWindowClosed: Rule = {
  code: 'enrollment_window_closed',
  reads: ({ semester }) =>
    semester.tickets.some(({ match }) => match.minCredits !== undefined) ? ['completions'] : [],
  judgedAtPromotion: true,
  overridableBy: 'registrar',
  judge({ seats, offering, semester, student, now, campus }) {
    const { opensAt, ticket } = openingFor(semester, student.eligibility);
    const closesAt = closingOf(seats, semester);
    if (now >= opensAt && now < closesAt) return undefined;
    const isOpening = now < opensAt && now < closesAt;
    const detail = isOpening
      ? `Your enrollment opens on ${campus.time(opensAt)}. Come back then.`
      : `Enrollment closed on ${campus.time(closesAt)}. Ask the registrar's office about a late enrollment.`;
    const params = { course: courseParams(offering), isOpening, opensAt, closesAt, ticket };
    return { code: 'enrollment_window_closed', detail, params };
  },
};

import { describeMoment } from '../../enrollment/times.rules.ts';
import type { Rule } from './rule.ts';

/** Enrollment has not opened yet, or has closed. */
export const enrollmentWindowClosed: Rule = {
  code: 'enrollment_window_closed',
  overridableBy: 'registrar',
  judge({ semester, now }) {
    if (now < semester.enrollmentOpensAt) {
      const opens = describeMoment(semester.enrollmentOpensAt);
      return { code: 'enrollment_window_closed', detail: `Enrollment opens on ${opens}. Come back then.` };
    }
    if (now < semester.enrollmentClosesAt) return undefined;
    const closed = describeMoment(semester.enrollmentClosesAt);
    const detail = `Enrollment closed on ${closed}. Ask the registrar's office about a late enrollment.`;
    return { code: 'enrollment_window_closed', detail };
  },
};

import { courseParams } from '../../enrollment/course-params.ts';
import { isPaused } from '../../enrollment/enrollment-window.rules.ts';
import type { Rule } from './rule.ts';

/** The registrar has stopped registration for the whole semester. */
export const registrationPaused: Rule = {
  code: 'registration_paused',
  overridableBy: 'registrar',
  judge({ offering, semester, now }) {
    if (!isPaused(semester, now)) return undefined;
    const detail =
      "The registrar's office has paused registration. Places that you have stay yours; try again when it goes on.";
    const params = { course: courseParams(offering), pausedAt: semester.pausedAt ?? now };
    return { code: 'registration_paused', detail, params };
  },
};

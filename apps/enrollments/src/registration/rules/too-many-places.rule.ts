import { isCurrent, maxCurrent } from '../../enrollment/student-entries.rules.ts';
import { takesSeat } from '../../enrollment/seats.rules.ts';
import type { Rule } from './rule.ts';

/** The student has as many seats and waiting places as the item of a semester is made for. */
export const tooManyPlaces: Rule = {
  code: 'credit_limit_exceeded',
  judge({ seats, student, joinWaitlist }) {
    if (student.entries.filter(isCurrent).length < maxCurrent) return undefined;
    const detail = `You have ${maxCurrent} courses and waiting places this semester, the most that one student can have. Drop one first.`;
    return { code: takesSeat(seats, joinWaitlist) ? 'credit_limit_exceeded' : 'waitlist_full', detail };
  },
};

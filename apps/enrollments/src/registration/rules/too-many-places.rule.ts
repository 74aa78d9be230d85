import { courseParams } from '../../enrollment/course-params.ts';
import { isCurrent, maxCurrent } from '../../enrollment/student-entries.rules.ts';
import { takesSeat } from '../../enrollment/seats.rules.ts';
import type { Rule } from './rule.ts';

/** The student has as many seats and waiting places as the item of a semester is made for. */
export const tooManyPlaces: Rule = {
  code: 'credit_limit_exceeded',
  judge({ seats, offering, student, joinWaitlist }) {
    const taken = student.entries.filter(isCurrent).length;
    if (taken < maxCurrent) return undefined;
    const detail = `You have ${maxCurrent} courses and waiting places this semester, the most that one student can have. Drop one first.`;
    const params = { course: courseParams(offering), limitOf: 'places' as const, limit: maxCurrent };
    if (!takesSeat(seats, joinWaitlist)) return { code: 'waitlist_full', detail, params };
    const { credits } = offering;
    return { code: 'credit_limit_exceeded', detail, params: { ...params, credits, taken } };
  },
};

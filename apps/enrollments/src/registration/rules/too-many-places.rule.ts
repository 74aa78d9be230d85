import { courseParams } from '../../enrollment/course-params.ts';
import { isCurrent, maxCurrent } from '../../enrollment/student-entries.rules.ts';
import { entriesSoFar } from './rule.ts';
import type { Rule } from './rule.ts';

/** The student has as many seats and waiting places as the item of a semester is made for. */
export const tooManyPlaces: Rule = {
  code: 'credit_limit_exceeded',
  judge(ruleCase) {
    const { offering, place, credits } = ruleCase;
    const taken = entriesSoFar(ruleCase).filter(isCurrent).length;
    if (taken < maxCurrent) return undefined;
    const detail = `You have ${maxCurrent} courses and waiting places this semester, the most that one student can have. Drop one first.`;
    const params = { course: courseParams(offering), limitOf: 'places' as const, limit: maxCurrent };
    if (place.waits) return { code: 'waitlist_full', detail, params };
    return { code: 'credit_limit_exceeded', detail, params: { ...params, credits, taken } };
  },
};

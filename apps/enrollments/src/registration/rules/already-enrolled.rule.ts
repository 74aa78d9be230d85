import { courseParams } from '../../enrollment/course-params.ts';
import { isCurrent, isSameSubject } from '../../enrollment/student-entries.rules.ts';
import { entriesSoFar } from './rule.ts';
import type { Rule } from './rule.ts';

/** The student has a place in this course, or in another section of it that was not failed. */
export const alreadyEnrolled: Rule = {
  code: 'already_enrolled',
  judgedAtPromotion: true,
  judge(ruleCase) {
    const { offering } = ruleCase;
    const other = entriesSoFar(ruleCase).find(
      (entry) =>
        isCurrent(entry) &&
        (entry.courseId === offering.courseId || (!entry.isFailed && isSameSubject(entry, offering))),
    );
    if (!other) return undefined;
    const isThisCourse = other.courseId === offering.courseId;
    const having = other.status === 'waitlisted' ? 'are on the waitlist of' : 'are already enrolled in';
    const which = isThisCourse ? 'this course' : `another section of ${offering.code}`;
    const next = isThisCourse ? 'There is nothing more to do.' : 'Swap sections, or drop that one first.';
    const detail = `You ${having} ${which}. ${next}`;
    const { courseId, code, status } = other;
    const params = { course: courseParams(offering), other: { courseId, code, status } };
    return { code: 'already_enrolled', detail, params, conflicts: [courseId] };
  },
};

import { courseParams } from '../../enrollment/course-params.ts';
import { isCurrent, isSameSubject } from '../../enrollment/student-entries.rules.ts';
import type { StudentEntry } from '../../enrollment/enrollment.types.ts';
import { entriesSoFar, isOther } from './rule.ts';
import type { Rule } from './rule.ts';

/** The student has a place in this class, under whatever code, or in another section of the course that was not failed. */
export const alreadyEnrolled: Rule = {
  code: 'already_enrolled',
  judgedAtPromotion: true,
  judge(ruleCase) {
    const { offering } = ruleCase;
    const isOfOther = isOther(ruleCase);
    const isOfClass = (entry: StudentEntry) => !isOfOther(entry);
    const other = entriesSoFar(ruleCase).find(
      (entry) =>
        isCurrent(entry) && (isOfClass(entry) || (!entry.isFailed && isSameSubject(entry, offering))),
    );
    if (!other) return undefined;
    const having = other.status === 'waitlisted' ? 'are on the waitlist of' : 'are already enrolled in';
    const isThisCourse = other.courseId === offering.courseId;
    const isOtherCode = !isThisCourse && isOfClass(other);
    const which = isThisCourse
      ? 'this course'
      : isOtherCode
        ? `this class as ${other.code}`
        : `another section of ${offering.code}`;
    const next = isThisCourse
      ? 'There is nothing more to do.'
      : isOtherCode
        ? 'Swap the two, or drop that one first.'
        : 'Swap sections, or drop that one first.';
    const detail = `You ${having} ${which}. ${next}`;
    const { courseId, code, status } = other;
    const params = { course: courseParams(offering), other: { courseId, code, status } };
    return { code: 'already_enrolled', detail, params, conflicts: [courseId] };
  },
};

import { courseParams } from '../../enrollment/course-params.ts';
import { holdsSeat } from '../../enrollment/student-entries.rules.ts';
import { describeMeeting, overlapOf } from '../../enrollment/times.rules.ts';
import { entriesTogether, isOther } from './rule.ts';
import type { Rule } from './rule.ts';

/** The course meets when the student is in another one. */
export const timeConflict: Rule = {
  code: 'time_conflict',
  reads: ({ offering }) => (offering.meetings.length > 0 ? ['otherOfferings'] : []),
  judgedAtPromotion: true,
  overridableBy: 'registrar',
  judge(ruleCase) {
    const { offering, offerings } = ruleCase;
    const others = entriesTogether(ruleCase).filter(isOther(ruleCase));
    const clashes = others.flatMap((entry) => {
      const other = offerings.get(entry.courseId);
      const overlap = holdsSeat(entry) && other ? overlapOf(offering.meetings, other.meetings) : undefined;
      return overlap && other ? [{ other, overlap }] : [];
    });
    const [first] = clashes;
    if (!first) return undefined;
    const [ours, theirs] = first.overlap;
    const detail = `${offering.code} meets ${describeMeeting(ours)}, when you are in ${first.other.code} (${describeMeeting(
      theirs,
    )}). Choose another section, or swap the two.`;
    const conflicts = clashes.map(({ other, overlap: [meeting, ownMeeting] }) => {
      return { course: courseParams(other), meeting, ownMeeting };
    });
    return {
      code: 'time_conflict',
      detail,
      params: { course: courseParams(offering), conflicts },
      conflicts: clashes.map(({ other }) => other.courseId),
    };
  },
};

import { courseParams } from '../../enrollment/course-params.ts';
import { namesLinked } from '../../enrollment/links.rules.ts';
import { holdsSeat } from '../../enrollment/student-entries.rules.ts';
import { entriesTogether } from './rule.ts';
import type { Rule, RuleCase } from './rule.ts';

/** Sections that are only taken together: a linked one is missing, or the one that names this. */
export const linkedSectionRequired: Rule = {
  code: 'linked_section_required',
  reads: ({ offering, seats }) =>
    offering.linked.length > 0 || seats.linkedFrom.length > 0 ? ['otherOfferings'] : [],
  judgedAtPromotion: true,
  overridableBy: 'registrar',
  judge(ruleCase) {
    const { offering } = ruleCase;
    const taken = takenIds(ruleCase);
    const unmet = offering.linked.filter(({ courseIds }) => !courseIds.some((id) => taken.has(id)));
    if (unmet.length > 0) {
      const what = unmet.map(({ component }) => `a ${component}`).join(' and ');
      const detail = `${offering.code} (${offering.component}) is taken together with ${what}. Choose one of its sections and enroll in both at once.`;
      const options = unmet.map(({ courseIds }) => courseIds);
      const params = { course: courseParams(offering), options, with: null };
      return { code: 'linked_section_required', detail, params, options };
    }
    const parents = parentsOf(ruleCase);
    const [parent] = parents;
    if (!parent || parents.some(({ courseId }) => taken.has(courseId))) return undefined;
    const detail = `This ${offering.component} is taken together with ${parent.code} (${parent.component}). Enroll in both at once.`;
    const params = { course: courseParams(offering), options: [], with: courseParams(parent) };
    return { code: 'linked_section_required', detail, params, options: [] };
  },
};

/** Courses that the student has a seat in, or takes in the same change. */
function takenIds(ruleCase: RuleCase): Set<string> {
  const { before, after } = ruleCase.together;
  const added = new Set([...before, ...after]);
  const taken = entriesTogether(ruleCase).filter((entry) => added.has(entry) || holdsSeat(entry));
  return new Set(taken.map(({ courseId }) => courseId));
}

/** Courses that name this one. */
function parentsOf({ seats, offering, offerings }: RuleCase) {
  return seats.linkedFrom.flatMap((id) => {
    const parent = offerings.get(id);
    return parent && namesLinked(parent, offering.courseId) ? [parent] : [];
  });
}

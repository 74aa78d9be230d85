import { isMatched } from '@registrar/eligibility';
import type { Match } from '@registrar/eligibility';
import { courseParams } from '../../enrollment/course-params.ts';
import type { Rule } from './rule.ts';

/** The course is for other students. */
export const restricted: Rule = {
  code: 'restricted',
  reads: ({ offering }) => (offering.restriction?.minCredits === undefined ? [] : ['completions']),
  judgedAtPromotion: true,
  overridableBy: 'registrar',
  judge({ offering, student }) {
    const { restriction } = offering;
    if (!restriction || isMatched(restriction, student.eligibility)) return undefined;
    const detail = `${offering.code} is for students ${matchWords(restriction)}. Choose another course, or ask the registrar's office for an exception.`;
    return { code: 'restricted', detail, params: { course: courseParams(offering), restriction } };
  },
};

/** `of the programs CS or MATH, of the level senior, with at least 30 earned credits`. */
function matchWords({ programs, levels, groups, minCredits }: Match): string {
  const parts = [
    programs && `of the ${programs.length > 1 ? 'programs' : 'program'} ${programs.join(' or ')}`,
    levels && `of the ${levels.length > 1 ? 'levels' : 'level'} ${levels.join(' or ')}`,
    groups && `of the ${groups.length > 1 ? 'groups' : 'group'} ${groups.join(' or ')}`,
    minCredits !== undefined && `with at least ${minCredits} earned credits`,
  ].filter((part) => typeof part === 'string');
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}` : parts.join('');
}

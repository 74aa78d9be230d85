import type {
  Attempt,
  CourseHistory,
  GradeScale,
  Match,
  MatchedStudent,
  Requirement,
} from '@registrar/eligibility/rules';
import { isMatched, missingOf, passedCourses } from '@registrar/eligibility/rules';
import type { Enrollment } from './own-enrollments.ts';

/** What completions, and enrollments of a semester, are for a requirement; undefined while completions are not known. */
export function historyOf(
  completions: readonly Attempt[] | undefined,
  enrollments: readonly Pick<Enrollment, 'status' | 'courseCode'>[],
  scale: GradeScale,
): CourseHistory | undefined {
  if (completions === undefined) return undefined;
  const enrolled = enrollments.filter(({ status }) => status === 'enrolled');
  return {
    passed: passedCourses(completions, scale),
    concurrent: new Set(enrolled.map(({ courseCode }) => courseCode.toUpperCase())),
    scale,
  };
}

/** Whether an enrollment was completed with a grade that does not pass. */
export function isFailed(
  { status, grade }: Pick<Enrollment, 'status' | 'grade'>,
  scale: GradeScale,
): boolean {
  return status === 'completed' && !scale.passes(grade);
}

/** Whether something is met; `spare` of an alternative that is not, where another one is. */
export type Mark = 'met' | 'unmet' | 'spare';

/** A part of a requirement that has no parts. */
export type RequirementLeaf = Exclude<Requirement, { all: Requirement[] } | { any: Requirement[] }>;

/** A requirement as it is shown: parts that only wrap one other are that other. */
export type RequirementPart =
  | { readonly kind: 'all' | 'any'; readonly mark: Mark | undefined; readonly parts: RequirementPart[] }
  | { readonly kind: 'leaf'; readonly mark: Mark | undefined; readonly leaf: RequirementLeaf };

/** A requirement with what is met of it; without marks where the history is not known. */
export function markedRequirement(
  requirement: Requirement,
  history: CourseHistory | undefined,
  isSpare = false,
): RequirementPart {
  const isMet = history && missingOf(requirement, history) === undefined;
  const mark = isMet === undefined ? undefined : isMet ? 'met' : isSpare ? 'spare' : 'unmet';
  if (!('all' in requirement) && !('any' in requirement)) return { kind: 'leaf', mark, leaf: requirement };
  const kind = 'all' in requirement ? 'all' : 'any';
  const children = 'all' in requirement ? requirement.all : requirement.any;
  const isOver = isSpare || (kind === 'any' && isMet === true);
  const parts = children.map((child) => markedRequirement(child, history, isOver));
  const [only] = parts;
  return only && parts.length === 1 ? only : { kind, mark, parts };
}

/** Every course code that a requirement names, each once, in its order; beginnings of codes are none. */
export function codesIn(requirement: Requirement): string[] {
  return [...new Set(namedIn(requirement))];
}

function namedIn(requirement: Requirement): string[] {
  if ('all' in requirement) return requirement.all.flatMap(namedIn);
  if ('any' in requirement) return requirement.any.flatMap(namedIn);
  if ('course' in requirement) return [requirement.course];
  return (requirement.of ?? []).filter((pattern) => !pattern.endsWith('*'));
}

/** One condition of a restriction: one of the values, or at least so many earned credits. */
export type Condition = { readonly isMet: boolean | undefined } & (
  | { readonly kind: 'programs' | 'levels' | 'groups'; readonly values: readonly string[] }
  | { readonly kind: 'minCredits'; readonly credits: number }
);

/** The conditions of a restriction, each with whether the student meets it; undefined where the student is not known. */
export function conditionsOf(match: Match, student: MatchedStudent | undefined): Condition[] {
  const isMet = (one: Match) => student && isMatched(one, student);
  const lists = (['programs', 'levels', 'groups'] as const).flatMap((kind): Condition[] => {
    const values = match[kind];
    return values ? [{ kind, values, isMet: isMet({ [kind]: values }) }] : [];
  });
  const { minCredits } = match;
  if (minCredits === undefined) return lists;
  return [...lists, { kind: 'minCredits', credits: minCredits, isMet: isMet({ minCredits }) }];
}

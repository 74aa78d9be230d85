import type { ChangeProblem } from '@registrar/contracts-enrollments';
import type { Requirement } from '@registrar/eligibility/rules';
import type { ProblemBody } from '../api/problems.ts';

/** A refusal as its words and its remedy need it. */
export type Refusal = Pick<ProblemBody, 'code' | 'detail' | 'params' | 'conflicts'>;

/** A refusal, and the course that it is about; undefined where that is the course that was asked for. */
export interface RefusalOfCourse {
  readonly courseId: string | undefined;
  readonly refusal: Refusal;
}

/** What a problem refuses for: of a set of changes every problem of every entry, else itself. */
export function refusalsIn(problem: ProblemBody): RefusalOfCourse[] {
  const inside = (problem.results ?? []).flatMap(({ courseId, problems }) =>
    problems.map((one) => ({ courseId, refusal: refusalOf(one) })),
  );
  return inside.length > 0 ? inside : [{ courseId: undefined, refusal: problem }];
}

/** A problem of a change as a refusal of its own. */
export function refusalOf({ code, detail, params, conflicts }: ChangeProblem): Refusal {
  return { code, detail, ...(params && { params }), ...(conflicts && { conflicts }) };
}

/** A refusal of a linked section, which is put right by choosing another one. */
export function ofLinked(refusal: Refusal): Refusal {
  return { ...refusal, code: 'linked_section_required', params: {} };
}

/** What of a requirement a refusal says is missing. */
export function missingIn({ code, params }: Pick<Refusal, 'code' | 'params'>): Requirement | undefined {
  return code === 'prerequisite_not_met' ? (params?.['missing'] as Requirement | undefined) : undefined;
}

/** The course that a refused linked section is taken with; undefined for a refusal of another kind. */
export function takenWith({ code, params }: Pick<Refusal, 'code' | 'params'>): string | undefined {
  if (code !== 'linked_section_required') return undefined;
  return (params?.['with'] as { readonly id?: string } | null | undefined)?.id;
}

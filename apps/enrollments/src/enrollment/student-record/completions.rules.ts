import { earnedCredits, passedCourses } from '@registrar/eligibility';
import type { GradeScale } from '@registrar/eligibility';
import type { Completion, StudentRecord } from './student-record.types.ts';

/** Completions that one student may have: with them an item stays far below what the store takes. */
export const maxCompletions = 1_000;

/** Credits that a student has earned, each code once. */
export function earnedCreditsOf(
  { completions }: Pick<StudentRecord, 'completions'>,
  scale: GradeScale,
): number {
  return earnedCredits(passedCourses(completions, scale));
}

/** Newest first; of one day the last that was written first. */
export function newestCompletionsFirst(completions: readonly Completion[]): Completion[] {
  return completions.toReversed().sort((a, b) => compare(b.completedOn, a.completedOn));
}

/** The completion of the same code on the same date, in any case of letters. */
export function sameCompletion(
  completions: readonly Completion[],
  { code, completedOn }: Pick<Completion, 'code' | 'completedOn'>,
): Completion | undefined {
  const upper = code.toUpperCase();
  return completions.find((each) => each.completedOn === completedOn && each.code.toUpperCase() === upper);
}

/** The completions with that of an enrollment: a first one, or with another grade. */
export function withCompletion(completions: readonly Completion[], completion: Completion): Completion[] {
  const at = completions.findIndex(({ enrollmentId }) => enrollmentId === completion.enrollmentId);
  if (at < 0) return [...completions, completion];
  const { id, completedOn } = completions[at] ?? completion;
  return completions.with(at, { ...completion, id, completedOn });
}

/** The completions without that of an enrollment. */
export function withoutCompletionOf(completions: readonly Completion[], enrollmentId: string): Completion[] {
  return completions.filter((each) => each.enrollmentId !== enrollmentId);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

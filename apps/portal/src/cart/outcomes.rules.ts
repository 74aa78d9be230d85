import type { ChangeResult, ChangesAnswer } from '@registrar/contracts-enrollments';
import type { ProblemBody } from '../api/problems.ts';
import type { IntentProgress } from '../intents/intent.ts';

/** What is known of a course that was sent: how its request stands, what came of it, or why the whole was refused. */
export type Outcome =
  | { readonly kind: 'open'; readonly progress: IntentProgress }
  | { readonly kind: 'result'; readonly result: ChangeResult }
  | { readonly kind: 'problem'; readonly problem: ProblemBody };

/** What a set's progress says of each of its courses. */
export function outcomesOf(
  courseIds: readonly string[],
  progress: IntentProgress,
): ReadonlyMap<string, Outcome> {
  const results = resultsIn(progress);
  return new Map(
    courseIds.map((id): [string, Outcome] => {
      const result = results.find(({ action, courseId }) => action === 'add' && courseId === id);
      if (result) return [id, { kind: 'result', result }];
      if (progress.status === 'refused') return [id, { kind: 'problem', problem: progress.problem }];
      return [id, { kind: 'open', progress }];
    }),
  );
}

function resultsIn(progress: IntentProgress): readonly ChangeResult[] {
  if (progress.status === 'done') return (progress.answer as Partial<ChangesAnswer>).results ?? [];
  return progress.status === 'refused' ? (progress.problem.results ?? []) : [];
}

/** Whether a course has a place now. */
export function isPlaced(outcome: Outcome | undefined): boolean {
  return (
    outcome?.kind === 'result' &&
    (outcome.result.outcome === 'enrolled' || outcome.result.outcome === 'waitlisted')
  );
}

/** Refusals of the time: the page says them once for all rows. */
const ofTime = ['enrollment_window_closed', 'registration_paused', 'hold'];

/** What a check foresees for a row, without what the page says for all of them. */
export function foreseenOf(result: ChangeResult | undefined): ChangeResult['problems'] {
  return (result?.problems ?? []).filter(({ code }) => !ofTime.includes(code));
}

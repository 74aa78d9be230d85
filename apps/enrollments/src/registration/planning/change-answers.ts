import type { ChangeProblem, ChangeResult, ChangesAnswer } from '@registrar/contracts-enrollments';
import type { StoredAnswer } from '@registrar/idempotency';
import { changed, created, enrollmentView, refused } from '../../enrollment/answers.ts';
import type { Problem } from '../../enrollment/answers.ts';
import type { ChangeSet } from './change-set.ts';
import type { EntryResult } from './judge-changes.ts';
import { enrollmentId } from './transition.ts';

/** The answer to a change set: the results of its entries, or that of a request for one place. */
export function answerTo(set: ChangeSet, results: readonly EntryResult[]): StoredAnswer {
  if (set.answer === 'single') return answerOf(results);
  const isRefused = results.some(({ problems }) => problems.length > 0);
  const body = { applied: true, results: results.map((result) => resultView(result, set.userId)) };
  if (!isRefused || set.mode === 'each') return { status: 200, body };
  const detail =
    'Nothing was changed: at least one entry is refused. The results say what stands in the way of each.';
  return { status: 409, refusal: { code: 'changes_refused', detail, members: { results: body.results } } };
}

/** What a set would come to, as a dry run answers it. */
export function dryRunAnswer(
  { userId }: Pick<ChangeSet, 'userId'>,
  results: readonly EntryResult[],
): ChangesAnswer {
  const views = results.map((result) => ({ ...resultView(result, userId), enrollment: null }));
  return { applied: false, results: views };
}

/** The answer to a set that was sent as a single request: its first problem, else the enrollment of its last entry. */
export function answerOf(results: readonly EntryResult[]): StoredAnswer {
  const problem = results.flatMap(({ problems }) => problems)[0];
  if (problem) return refused(problem);
  const last = results.at(-1);
  if (!last?.record) throw new Error('A change set without entries has no answer.');
  return last.action === 'add' ? created(last.record, last.waitlistPosition) : changed(last.record);
}

/** Why an entry is refused, as answers say it. */
export function problemView(problem: Problem): ChangeProblem {
  const { refusal } = refused(problem);
  return { code: refusal.code, detail: refusal.detail, ...refusal.members };
}

function resultView(result: EntryResult, userId: string): ChangeResult {
  const { action, courseId, record, problems, waitlistPosition } = result;
  const known = record?.id ?? (action === 'drop' ? enrollmentId(courseId, userId) : null);
  return {
    action,
    courseId,
    enrollmentId: known,
    outcome: outcomeOf(result),
    enrollment: record ? enrollmentView(record, waitlistPosition) : null,
    problems: problems.map(problemView),
  };
}

function outcomeOf({ record, isUnchanged, problems }: EntryResult): ChangeResult['outcome'] {
  if (problems.length > 0) return 'refused';
  if (!record || isUnchanged) return 'unchanged';
  const { status } = record;
  if (status === 'cancelled' || status === 'completed') return 'unchanged';
  return status;
}

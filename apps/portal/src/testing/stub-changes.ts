import type { AnswerTo } from '../api/routes.ts';
import type { StubCampus } from './stub-campus.ts';
import { Refusal } from './stub-campus.ts';
import type { ChangeResult } from './stub-data.ts';

interface Place {
  readonly courseId: string;
  readonly joinWaitlist?: boolean;
  readonly credits?: number;
}

/** A set of changes as it was sent. */
export interface SentChanges {
  readonly add?: readonly Place[];
  readonly drop?: readonly string[];
  readonly mode?: 'all' | 'each';
}

type Answer = AnswerTo<'POST /api/enrollments/changes'>;

/** Carries a set of changes out, or judges it: drops, then adds, each by the rules that the stub knows. */
export function changeEnrollments(
  campus: StubCampus,
  { add = [], drop = [], mode = 'all' }: SentChanges,
  isDryRun: boolean,
): Answer {
  const { courses, enrollments } = campus;
  for (const { courseId } of add) campus.courseOf(courseId);
  const results = [...drop.map((id) => dropOne(campus, id)), ...add.map((place) => addOne(campus, place))];
  const isRefused = results.some(({ outcome }) => outcome === 'refused');
  const isUndone = isDryRun || (mode === 'all' && isRefused);
  if (isUndone) Object.assign(campus, { courses, enrollments });
  if (!isDryRun && mode === 'all' && isRefused) {
    const untouched = results.map((result) =>
      result.outcome === 'refused' ? result : { ...result, outcome: 'unchanged', enrollment: null },
    );
    throw new Refusal(409, 'changes_refused', 'Nothing was changed.', { results: untouched });
  }
  if (!isDryRun) return { applied: true, results };
  return { applied: false, results: results.map((result) => ({ ...result, enrollment: null })) };
}

function dropOne(campus: StubCampus, id: string): ChangeResult {
  const dropped = campus.drop(id);
  const { courseId } = dropped;
  return {
    action: 'drop',
    courseId,
    enrollmentId: id,
    outcome: 'dropped',
    enrollment: dropped,
    problems: [],
  };
}

function addOne(campus: StubCampus, place: Place): ChangeResult {
  const { courseId } = place;
  const entry = { action: 'add', courseId } as const;
  const scripted = campus.problems.get(courseId);
  try {
    if (scripted !== undefined) throw scripted;
    const made = campus.enroll(place);
    const outcome = made.status === 'waitlisted' ? 'waitlisted' : 'enrolled';
    return { ...entry, enrollmentId: made.id, outcome, enrollment: made, problems: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const problem = { code: error.code, detail: error.message, ...error.more };
    return { ...entry, enrollmentId: null, outcome: 'refused', enrollment: null, problems: [problem] };
  }
}

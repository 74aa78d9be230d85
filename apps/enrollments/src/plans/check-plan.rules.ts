import type { PlanCheck, PlanEntry } from '@registrar/contracts-enrollments';
import { courseNotFound } from '../enrollment/answers.ts';
import type { CampusRules } from '../enrollment/campus.ts';
import type { Offering } from '../enrollment/enrollment.types.ts';
import { problemView } from '../registration/planning/change-answers.ts';
import type { ChangeSet } from '../registration/planning/change-set.ts';
import { coursePlansOf } from '../registration/planning/course-plan.ts';
import type { CoursePlan } from '../registration/planning/course-plan.ts';
import { judgeChangeSet } from '../registration/planning/judge-changes.ts';
import type { StudentPlan } from '../registration/planning/student-plan.ts';

type Choice = PlanEntry['choices'][number];
type Problems = PlanCheck['entries'][number]['choices'][number]['problems'];

/** A class as it would be. */
type CourseThen = ReturnType<CoursePlan['asRead']>;

/** What a plan is judged on. */
export interface PlanTerms {
  courses: readonly CourseThen[];
  student: StudentPlan;
  /** Current offerings of all courses that matter, by id. */
  offerings: ReadonlyMap<string, Offering>;
  /** When it is carried out, RFC 3339. */
  now: string;
  campus: CampusRules;
}

/** What entries so far would leave. */
interface Snapshot {
  courses: ReadonlyMap<string, CoursePlan>;
  student: StudentPlan;
}

/**
 * Judges each choice of a plan as after what the entries before it would take. Of each entry the first choice without a
 * problem is taken; a place on the waitlist is none where the entry asks for it.
 */
export function checkPlan(
  entries: readonly PlanEntry[],
  { courses, student, ...terms }: PlanTerms,
): PlanCheck['entries'] {
  const plans = coursePlansOf(courses);
  for (const plan of plans.values()) plan.takeReleases(terms.now);
  let snapshot: Snapshot = { courses: plans, student };
  return entries.map(({ choices, joinWaitlist }) => {
    const judged = choices.map((choice) => judgeChoice(choice, joinWaitlist, snapshot, terms));
    const chosen = judged.findIndex(({ problems }) => problems.length === 0);
    snapshot = judged[chosen]?.then ?? snapshot;
    return { chosen: chosen < 0 ? null : chosen, choices: judged.map(({ problems }) => ({ problems })) };
  });
}

/** @returns its problems, and what it would leave where there are none */
function judgeChoice(
  { courses }: Choice,
  joinWaitlist: boolean,
  snapshot: Snapshot,
  terms: Pick<PlanTerms, 'offerings' | 'now' | 'campus'>,
): { problems: Problems; then: Snapshot } {
  const missing = courses.filter(({ courseId }) => !isOffered(snapshot.courses.get(courseId)));
  if (missing.length > 0) {
    const { code, detail } = courseNotFound.refusal;
    return { problems: missing.map(({ courseId }) => ({ courseId, code, detail })), then: snapshot };
  }
  const student = snapshot.student.afterwards();
  const set: ChangeSet = {
    kind: 'change',
    mode: 'all',
    answer: 'results',
    userId: student.userId,
    actor: { id: student.userId, role: 'student' },
    add: courses.map(({ courseId, credits }) => ({ courseId, credits, joinWaitlist })),
    drop: [],
    override: new Set(),
    request: undefined,
  };
  const plans = coursePlansOf(
    courses.flatMap(({ courseId }) => snapshot.courses.get(courseId)?.asRead() ?? []),
  );
  const results = judgeChangeSet(set, plans, student, terms);
  if ('refusal' in results) throw new Error('All courses of the choice are offered.');
  const problems = results.flatMap(({ courseId, problems: each }) =>
    each.map((problem) => ({ courseId, ...problemView(problem) })),
  );
  return { problems, then: { courses: new Map([...snapshot.courses, ...plans]), student } };
}

function isOffered(course: CoursePlan | undefined): boolean {
  return course !== undefined && course.seats.status !== 'draft';
}

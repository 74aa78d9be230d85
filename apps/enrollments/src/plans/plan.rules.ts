import type { PlanRequest } from '@registrar/contracts-enrollments';
import type { Fault } from '@registrar/service';
import { creditsFault } from '../enrollment/credits.rules.ts';
import type { PlannedCourse } from './plans.repository.ts';

/** A course where a plan names it. */
interface Mention {
  courseId: string;
  credits: number | undefined;
  /** Index of the entry. */
  entry: number;
  /** `entries.0.choices.1`. */
  choice: string;
  path: string;
}

/** The courses that a plan names, each once. */
export function coursesOfPlan(plan: Pick<PlanRequest, 'entries'>): string[] {
  return [...new Set(mentionsOf(plan).map(({ courseId }) => courseId))];
}

/**
 * Everything that is wrong with a plan: courses that are unknown, drafts, of another semester, in two entries or twice in
 * one choice, and credits that a course does not have. One course may be in several choices of one entry.
 *
 * @param courses those that there are, by id
 */
export function planFaults(
  plan: PlanRequest,
  semesterId: string,
  courses: ReadonlyMap<string, PlannedCourse>,
): Fault[] {
  const mentions = mentionsOf(plan);
  const entryOf = new Map<string, number>();
  for (const { courseId, entry } of mentions) if (!entryOf.has(courseId)) entryOf.set(courseId, entry);
  const inChoice = new Set<string>();
  const faults = mentions.flatMap((mention): Fault[] => {
    const { courseId, entry, choice, credits, path } = mention;
    const at = `${path}.courseId`;
    const repeated = `${choice} ${courseId}`;
    const course = courses.get(courseId);
    if (!course || course.seats.status === 'draft')
      return [{ path: at, code: 'not_found', message: 'There is no such course.' }];
    const { code } = course.offering;
    const inconsistent = (message: string): Fault => ({ path: at, code: 'inconsistent', message });
    if (course.seats.semesterId !== semesterId) return [inconsistent(`${code} is in another semester.`)];
    if (entryOf.get(courseId) !== entry)
      return [inconsistent(`${code} is in another entry too. Name each course in one entry alone.`)];
    if (inChoice.has(repeated)) return [inconsistent(`${code} is in this choice already.`)];
    inChoice.add(repeated);
    const fault = credits === undefined ? undefined : creditsFault(course.offering, credits);
    return fault ? [{ path: `${path}.credits`, ...fault }] : [];
  });
  return plan.armed ? [armed, ...faults] : faults;
}

const armed: Fault = {
  path: 'armed',
  code: 'inconsistent',
  message: 'Plans cannot be armed here yet. Send armed: false.',
};

function mentionsOf({ entries }: Pick<PlanRequest, 'entries'>): Mention[] {
  return entries.flatMap(({ choices }, entry) =>
    choices.flatMap(({ courses }, at) => {
      const choice = `entries.${entry}.choices.${at}`;
      return courses.map(({ courseId, credits }, index) => {
        return { courseId, credits, entry, choice, path: `${choice}.courses.${index}` };
      });
    }),
  );
}

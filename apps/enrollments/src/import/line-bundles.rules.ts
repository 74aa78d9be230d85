import { maxChanges } from '@registrar/contracts-enrollments';
import type { IdempotentRequest } from '@registrar/idempotency';
import { creditsFault } from '../enrollment/credits.rules.ts';
import type { Actor, Offering, Seats } from '../enrollment/enrollment.types.ts';
import { bundlesOf } from '../enrollment/links.rules.ts';
import { enrollment } from '../registration/planning/change-set.ts';
import type { Addition, ChangeSet } from '../registration/planning/change-set.ts';
import { refusedLine } from './line-verdict.ts';
import type { LineVerdict, PersonLine } from './line-verdict.ts';

/** Lines of one student that are one change: those whose sections are linked to one another, else a line alone. */
export interface LineBundle {
  userId: string;
  /** In the order of the file, each about another course. */
  lines: readonly PersonLine[];
}

/** What is known of a course before its lines are decided. */
export interface ImportedCourse {
  status: Seats['status'];
  offering: Pick<Offering, 'code' | 'credits' | 'minCredits' | 'linked'>;
}

type Courses = ReadonlyMap<string, ImportedCourse>;

/**
 * Divides the lines of a file into changes, each where its first line is, and refuses lines that cannot be one: for credits
 * that the course does not have, and those of a bundle that is too large for one change. Of two lines of one
 * student about one course the first belongs to the bundle.
 *
 * @param courses those that there are, by id
 */
export function bundleLines(
  lines: readonly PersonLine[],
  courses: Courses,
): { bundles: LineBundle[]; refused: LineVerdict[] } {
  const faults = lines.map((line) => faultOf(line, courses));
  const refused = lines.flatMap(({ line }, at) => {
    const fault = faults[at];
    return fault === undefined ? [] : [refusedLine(line, 'invalid_line', fault)];
  });
  const possible = lines.filter((_, at) => faults[at] === undefined);
  const together = linkedLines(possible, courses);
  const bundles = possible.flatMap((line): LineBundle[] => {
    const own = together.get(line) ?? [line];
    return own[0] === line ? [{ userId: line.userId, lines: own }] : [];
  });
  const isSmall = (bundle: LineBundle) => bundle.lines.length <= maxChanges;
  const tooLarge = bundles.filter((bundle) => !isSmall(bundle)).flatMap(refuseTooLarge);
  return { bundles: bundles.filter(isSmall), refused: [...refused, ...tooLarge] };
}

/** The change that lines are; a place on the waitlist will do for each. */
export function changeOf(
  { userId, lines }: LineBundle,
  actor: Actor,
  request: IdempotentRequest | undefined,
): ChangeSet {
  const add = lines.map(({ courseId, credits }): Addition => ({ courseId, joinWaitlist: true, credits }));
  const [only, ...others] = add;
  if (only && others.length === 0) return enrollment({ ...only, userId, actor, request });
  const whole = { kind: 'change', mode: 'all', answer: 'results' } as const;
  return { ...whole, userId, actor, add, drop: [], override: new Set(), request };
}

function faultOf({ courseId, credits }: PersonLine, courses: Courses): string | undefined {
  const course = courses.get(courseId);
  if (credits === undefined || !isOffered(course)) return undefined;
  return creditsFault(course.offering, credits)?.message;
}

/** The bundle of each line that is in one of several lines. */
function linkedLines(lines: readonly PersonLine[], courses: Courses): Map<PersonLine, PersonLine[]> {
  const together = new Map<PersonLine, PersonLine[]>();
  for (const own of Map.groupBy(lines, ({ userId }) => userId).values()) {
    const byCourse = firstOfCourses(own, courses);
    for (const ids of bundlesOf(
      linkedIds([...byCourse.keys()], courses),
      (id) => courses.get(id)?.offering,
    )) {
      const bundle = ids.flatMap((id) => byCourse.get(id) ?? []);
      if (bundle.length > 1) for (const line of bundle) together.set(line, bundle);
    }
  }
  return together;
}

/** Lines by their courses; a course that is not offered stands in the way of its own line only. */
function firstOfCourses(own: readonly PersonLine[], courses: Courses): Map<string, PersonLine> {
  const first = new Map<string, PersonLine>();
  for (const line of own) {
    if (isOffered(courses.get(line.courseId)) && !first.has(line.courseId)) first.set(line.courseId, line);
  }
  return first;
}

/** Courses that name others or are named: few of a long list, which are compared with one another. */
function linkedIds(ids: readonly string[], courses: Courses): string[] {
  const listsOf = (id: string) => courses.get(id)?.offering.linked ?? [];
  const named = new Set(ids.flatMap((id) => listsOf(id).flatMap(({ courseIds }) => courseIds)));
  return ids.filter((id) => named.has(id) || listsOf(id).length > 0);
}

function isOffered(course: ImportedCourse | undefined): course is ImportedCourse {
  return course !== undefined && course.status !== 'draft';
}

function refuseTooLarge({ lines }: LineBundle): LineVerdict[] {
  const numbers = lines.map(({ line }) => line).join(', ');
  const detail = `The lines ${numbers} are about linked sections of one student, which are one change; ${maxChanges} sections are possible in one. Leave some of them out.`;
  return lines.map(({ line }) => refusedLine(line, 'invalid_line', detail));
}
